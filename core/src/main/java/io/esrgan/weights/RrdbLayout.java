package io.esrgan.weights;

/** The three ways in which the weights of an ESRGAN generator have been named over the years. */
public enum RrdbLayout {
  /** The first release and the community's models: {@code model.1.sub.0.RDB1.conv1.0.weight}. */
  OLD("old ESRGAN"),
  /** BSRGAN, KAIR and their time: {@code RRDB_trunk.0.RDB1.conv1.weight}. */
  MIDDLE("middle (mmsr, KAIR)"),
  /** BasicSR and Real-ESRGAN, and this project: {@code body.0.rdb1.conv1.weight}. */
  NEW("new (BasicSR)");

  private final String title;

  RrdbLayout(String title) {
    this.title = title;
  }

  /** What people call it. */
  public String title() {
    return title;
  }
}
