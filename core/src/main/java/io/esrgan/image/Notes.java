package io.esrgan.image;

/**
 * What a file says about its pixels.
 *
 * @param profile the ICC profile, or null
 * @param dotsPerInch 0 where unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Notes(byte[] profile, double dotsPerInch, Orientation orientation) {
  static final Notes NONE = new Notes(null, 0, Orientation.UPRIGHT);

  /** What outlives the orientation. A profile is kept only where it describes such samples. */
  Metadata metadata(Picture.Channels channels) {
    byte[] kept = Profiles.describes(profile, channels) ? profile : null;
    return kept == null && dotsPerInch == 0 ? Metadata.NONE : new Metadata(kept, dotsPerInch);
  }
}
