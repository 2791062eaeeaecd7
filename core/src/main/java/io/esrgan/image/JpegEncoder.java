package io.esrgan.image;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** Writes JPEG: quality 95, chroma at full resolution, with profile and resolution. */
final class JpegEncoder implements RowEncoder {
  private static final float QUALITY = 0.95f;
  private static final int LARGEST_SIDE = 65_500; // libjpeg's limit
  private static final int PROFILE_PART = 65_519; // what fits into one segment
  private static final byte[] PROFILE_NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final String TREE = "javax_imageio_jpeg_image_1.0";

  private final Gathering gathering;
  private final OutputStream out;

  /** For pictures without alpha; 16 bits are rounded to 8. */
  JpegEncoder(Shape shape, OutputStream out) throws IOException {
    if (shape.width() > LARGEST_SIDE || shape.height() > LARGEST_SIDE) {
      throw new Defect(
          "a JPEG has at most %d pixels a side, this picture is %d x %d; write a PNG or a TIFF"
              .formatted(LARGEST_SIDE, shape.width(), shape.height()));
    }
    Shape whole = shape.to8Bits();
    Limits.checkMemory(whole.bytes(), "write a PNG or a TIFF");
    Limits.samples(shape.width(), shape.height(), shape.channels().count(), Byte.SIZE);
    this.gathering = new Gathering(whole);
    this.out = out;
  }

  @Override
  public void write(Picture rows) {
    gathering.add(rows.to8Bits());
  }

  @Override
  public void finish() throws IOException {
    Picture picture = gathering.picture();
    byte[] plain = plain(picture, QUALITY, true);
    int jfif = ((plain[4] & 0xff) << 8 | (plain[5] & 0xff)) + 4; // SOI and the first segment
    DataOutputStream to = new DataOutputStream(out);
    to.writeShort(0xffd8);
    writeJfif(picture.metadata().dotsPerInch(), to);
    byte[] profile = picture.metadata().iccProfile();
    if (Profiles.describes(profile, picture.channels())) {
      writeProfile(profile, to);
    }
    to.write(plain, jfif, plain.length - jfif);
    to.flush();
  }

  private static void writeJfif(double dotsPerInch, DataOutputStream to) throws IOException {
    int density = (int) Math.min(65535, Math.round(dotsPerInch));
    to.writeShort(0xffe0);
    to.writeShort(16);
    to.write("JFIF\0".getBytes(StandardCharsets.ISO_8859_1));
    to.writeShort(0x0102);
    to.writeByte(density > 0 ? 1 : 0); // dots per inch, or only a ratio
    to.writeShort(Math.max(1, density));
    to.writeShort(Math.max(1, density));
    to.writeShort(0); // no thumbnail
  }

  private static void writeProfile(byte[] profile, DataOutputStream to) throws IOException {
    int parts = (profile.length + PROFILE_PART - 1) / PROFILE_PART;
    if (parts > 255) {
      return;
    }
    for (int part = 0; part < parts; part++) {
      int from = part * PROFILE_PART;
      int count = Math.min(PROFILE_PART, profile.length - from);
      to.writeShort(0xffe2);
      to.writeShort(2 + PROFILE_NAME.length + 2 + count);
      to.write(PROFILE_NAME);
      to.writeByte(part + 1);
      to.writeByte(parts);
      to.write(profile, from, count);
    }
  }

  /**
   * The file as the JDK writes it, without what it knows nothing of.
   *
   * @param quality libjpeg's, over 100
   * @param fullChroma whether colour is kept for every pixel, or for squares of four
   */
  static byte[] plain(Picture picture, float quality, boolean fullChroma) throws IOException {
    ImageWriter writer = Plugins.jdkWriter("jpeg");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      BufferedImage image = view(picture);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), settings);
      if (fullChroma) {
        keepChroma(metadata);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage view(Picture picture) {
    int channels = picture.channels().count();
    int[] bands = channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
    PixelInterleavedSampleModel samples =
        new PixelInterleavedSampleModel(
            DataBuffer.TYPE_BYTE,
            picture.width(),
            picture.height(),
            channels,
            picture.width() * channels,
            bands);
    byte[] bytes = picture.bytes();
    WritableRaster raster =
        Raster.createWritableRaster(samples, new DataBufferByte(bytes, bytes.length), new Point());
    ColorSpace space =
        ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(
            space, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  /** Sets every component to be sampled at every pixel. */
  private static void keepChroma(IIOMetadata metadata) throws IOException {
    IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
    NodeList components = tree.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      IIOMetadataNode component = (IIOMetadataNode) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(TREE, tree);
  }
}
