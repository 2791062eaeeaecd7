package io.esrgan.weights;

/** The kinds of file that weights come in. */
public enum Container {
  SAFETENSORS("safetensors"),
  ZIP("PyTorch zip"),
  LEGACY("PyTorch legacy"),
  NCNN("ncnn");

  private final String title;

  Container(String title) {
    this.title = title;
  }

  /** What people call it. */
  public String title() {
    return title;
  }
}
