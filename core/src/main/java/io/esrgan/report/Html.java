package io.esrgan.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text within HTML and SVG, and what pages are made of. */
final class Html {
  private static final String STYLE = resource("page.css");

  private Html() {}

  /** A style sheet or script that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A page from its first line to its open body. It may load nothing but pictures of its own place.
   *
   * @param images what the content security policy allows as a picture's address
   * @param style beside what all pages share
   * @param more elements of the head
   */
  static String head(String title, String images, String style, String more) {
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src %s; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        %s<title>%s</title>
        <style>
        %s%s</style>
        </head>
        """,
        images,
        more,
        escaped(title),
        STYLE,
        style);
  }

  /** The address of a file beside a page: no character of its name means anything but itself. */
  static String address(String file) {
    try {
      return "./" + new URI(null, null, file, null).toASCIIString().replace(":", "%3A");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file + " is no name of a file", e);
    }
  }

  /** Text that may hold anything, as the content of an element or of a quoted attribute. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(allowed(c) ? c : 0xfffd);
              }
            });
    return safe.toString();
  }

  /** Neither control characters nor halves of surrogate pairs are text. */
  private static boolean allowed(int c) {
    return c == '\n' || c == '\t' || !(Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff));
  }
}
