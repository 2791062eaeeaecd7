package io.esrgan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Finds the files that hold PyTorch's answers: those that come with the tests, or those in the
 * folder that the system property {@code esrgan.fixtures} names.
 */
public final class Fixtures {
  private Fixtures() {}

  /** The fixture {@code name}, such as {@code rrdb-x4-new.zip.pth}. */
  public static Path fixture(String name) {
    String folder = System.getProperty("esrgan.fixtures", "");
    return folder.isEmpty() ? resource("/io/esrgan/fixtures/" + name) : Path.of(folder, name);
  }

  /** A resource of the tests as a file; one inside a jar is unpacked first. */
  public static Path resource(String path) {
    URL url = Fixtures.class.getResource(path);
    if (url == null) {
      throw new IllegalArgumentException("no test resource " + path);
    }
    try {
      URI uri = url.toURI();
      return uri.getScheme().equals("file") ? Path.of(uri) : unpack(url, path);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url + " is not an address", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unpack(URL url, String path) throws IOException {
    Path copy = Files.createTempFile("fixture-", path.substring(path.lastIndexOf('/') + 1));
    copy.toFile().deleteOnExit();
    try (InputStream in = url.openStream()) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
