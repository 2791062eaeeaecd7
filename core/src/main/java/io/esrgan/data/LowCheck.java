package io.esrgan.data;

/** How low-resolution pictures of the user's own are checked against their partners. */
public enum LowCheck {
  /** By their sizes, which are known without decoding. */
  SIZE,
  /** Also by their samples, which must be our own bicubic shrink of the partner's. */
  RESIZE
}
