package io.esrgan.image;

import java.nio.charset.StandardCharsets;

/** The little that must be known of an ICC profile: what it describes (ICC.1:2022, 7.2). */
final class Profiles {
  private static final int HEADER = 128;

  private Profiles() {}

  /** Whether {@code profile} is one, and of the colour space that these channels hold. */
  static boolean describes(byte[] profile, Picture.Channels channels) {
    return is(profile, channels.colours() == 1 ? "GRAY" : "RGB ");
  }

  /** Whether {@code profile} is one, of the colour space with this four-letter signature. */
  static boolean is(byte[] profile, String space) {
    return profile != null
        && profile.length > HEADER
        && signature(profile, 36).equals("acsp")
        && signature(profile, 16).equals(space);
  }

  private static String signature(byte[] profile, int at) {
    return new String(profile, at, 4, StandardCharsets.ISO_8859_1);
  }
}
