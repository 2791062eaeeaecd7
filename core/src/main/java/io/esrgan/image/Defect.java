package io.esrgan.image;

import java.io.IOException;

/** What is wrong with a file, in words that {@link Images} puts behind the file's name. */
final class Defect extends IOException {
  private static final long serialVersionUID = 1;

  Defect(String whatAndRemedy) {
    super(whatAndRemedy);
  }

  /** The file ends before its picture does. */
  static Defect truncated() {
    return new Defect("the file is cut off before its end; copy or download it again");
  }

  /** The file contradicts itself or its checksums. */
  static Defect damaged(String how) {
    return new Defect("the file is damaged (" + how + "); copy or download it again");
  }

  /** The file may be sound, but is of a kind that is not read. */
  static Defect unsupported(String what) {
    return new Defect(what + " is not supported; save it as a plain PNG, JPEG or TIFF");
  }
}
