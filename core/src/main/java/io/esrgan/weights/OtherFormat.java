package io.esrgan.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Files that are often taken for weights, told by their first bytes. */
enum OtherFormat {
  DOCTYPE("<!doctype", "a web page, so the download went wrong; fetch it again"),
  HTML("<html", "a web page, so the download went wrong; fetch it again"),
  XML("<?xml", "an XML document, so the download went wrong; fetch it again"),
  LFS("version https://git-lfs", "a pointer of Git LFS, not the file itself; run git lfs pull"),
  GZIP("\u001f\u008b", "compressed with gzip; unpack it first"),
  RAR("rar!", "a RAR archive; unpack it first"),
  SEVEN_ZIP("7z\u00bc\u00af", "a 7z archive; unpack it first"),
  PNG("\u0089png", "a PNG picture; name a weight file"),
  JPEG("\u00ff\u00d8\u00ff", "a JPEG picture; name a weight file"),
  HDF5("\u0089hdf", "an HDF5 file of Keras, which is not read; convert it to safetensors"),
  NUMPY("\u0093numpy", "a NumPy array, which is not read; convert it to safetensors"),
  GGUF("gguf", "a GGUF file, which is not read; convert it to safetensors"),
  NCNN(
      "7767517",
      "the text of an ncnn network; name the .bin file beside it, which holds its weights"),
  ONNX("", "an ONNX network, which is not read; name the weight file that it was made of") {
    /** Its version, then the tag of one of the fields that writers put second. */
    @Override
    boolean matches(String text) {
      return text.length() > 2
          && text.charAt(0) == '\b'
          && text.charAt(1) <= LATEST_ONNX
          && "\u0012\u001a:b".indexOf(text.charAt(2)) >= 0;
    }
  };

  private static final int LONGEST = 64;
  private static final int LATEST_ONNX = 40; // far beyond: versions of its form come once a year

  private final String start; // in lower case, a character for each byte
  private final String verdict;

  OtherFormat(String start, String verdict) {
    this.start = start;
    this.verdict = verdict;
  }

  boolean matches(String text) {
    return text.startsWith(start);
  }

  /** Says what a file is that is no weight file. */
  static WeightsException refuse(Source source) throws WeightsException {
    if (source.length() == 0) {
      return source.fail("is empty; fetch it again");
    }
    byte[] first = new byte[Math.min(source.length(), LONGEST)];
    source.window(0, first.length).get(first);
    String text =
        new String(first, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.matches(text))
        .findFirst()
        .map(format -> source.fail("is " + format.verdict))
        .orElseGet(
            () ->
                source.fail(
                    "is no weight file: neither safetensors nor written by torch.save; name a"
                        + " .safetensors or .pth file"));
  }
}
