package io.esrgan.image;

import java.util.Optional;

/**
 * What a picture's file says beside its samples, as far as it outlives upscaling.
 *
 * @param iccProfile the embedded ICC profile, byte for byte, or null for none (sRGB)
 * @param dotsPerInch the resolution to print at, or 0 where the file names none
 */
@SuppressWarnings("ArrayRecordComponent") // two pictures are never compared by their metadata
public record Metadata(byte[] iccProfile, double dotsPerInch) {

  /** No profile, no resolution. */
  public static final Metadata NONE = new Metadata(null, 0);

  /** The profile, where there is one. */
  public Optional<byte[]> profile() {
    return Optional.ofNullable(iccProfile);
  }
}
