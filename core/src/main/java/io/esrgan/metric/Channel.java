package io.esrgan.metric;

/** What of a picture is measured. */
public enum Channel {
  /**
   * The luma of ITU-R BT.601 as MATLAB's rgb2ycbcr makes it, 16 to 235, not rounded; what the
   * paper's tables report. A gray picture is measured as it is.
   */
  Y("Y channel"),

  /** All three colours as one array of numbers; of a gray picture its one channel. */
  RGB("RGB");

  private final String stamp;

  Channel(String stamp) {
    this.stamp = stamp;
  }

  String stamp() {
    return stamp;
  }
}
