package io.esrgan.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Reads the TIFF files that have a {@link TiffLayout}, by rows. */
final class TiffDecoder implements Decoder {
  private final ImageInputStream in;
  private final TiffLayout layout;
  private final Notes notes;

  TiffDecoder(ImageInputStream in, TiffLayout layout, Notes notes) {
    this.in = in;
    this.layout = layout;
    this.notes = notes;
  }

  /** Leaves what is of no usual kind to a plug-in. */
  static Decoder open(ImageInputStream in) throws IOException {
    TiffTags tags = TiffTags.of(in);
    TiffLayout layout = TiffLayout.of(tags, in).orElse(null);
    return layout == null
        ? new PluginDecoder(Format.TIFF, in)
        : new TiffDecoder(in, layout, tags.notes());
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public int height() {
    return layout.height();
  }

  @Override
  public Notes notes() {
    return notes;
  }

  @Override
  public Optional<Rows> byRows() {
    return Optional.of(this::rows);
  }

  private StoredRows rows() throws IOException {
    layout.checkClaim();
    return new TiffStoredRows(in, layout);
  }

  @Override
  public Picture decode() throws IOException {
    try (StoredRows rows = rows()) {
      return rows.next(layout.height());
    }
  }
}
