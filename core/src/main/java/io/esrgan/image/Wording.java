package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/** Turns whatever goes wrong with a picture's file into one line that names it. */
final class Wording {
  private Wording() {}

  @FunctionalInterface
  interface Reading<T> {
    T run() throws IOException;
  }

  @FunctionalInterface
  interface Writing<T> {
    T run() throws IOException;
  }

  /**
   * Decoders meet anything in damaged files, and not all of them have been written for that.
   *
   * @param name what errors call it
   */
  static <T> T reading(String name, Reading<T> reading) throws PictureException {
    try {
      return reading.run();
    } catch (Defect e) {
      throw unreadable(name, e.getMessage(), e);
    } catch (EOFException e) {
      throw unreadable(name, Defect.truncated().getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw unreadable(
          name, "there is too little memory for it; give Java more with -Xmx, or cut it", e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw unreadable(name, Defect.damaged(reason(e)).getMessage(), e);
    }
  }

  static <T> T writing(String name, Writing<T> writing) throws PictureException {
    try {
      return writing.run();
    } catch (FileAlreadyExistsException e) {
      throw unwritable(name, "it exists already; remove it or ask for it to be replaced", e);
    } catch (Defect e) {
      throw unwritable(name, e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw unwritable(name, "there is too little memory for it; give Java more with -Xmx", e);
    } catch (IOException e) {
      throw new PictureException(oneLine(e.getMessage()), e);
    }
  }

  private static PictureException unwritable(String name, String what, Throwable cause) {
    return new PictureException("cannot write " + oneLine(name + ": " + what), cause);
  }

  private static PictureException unreadable(String name, String what, Throwable cause) {
    return new PictureException("cannot read " + oneLine(name + ": " + what), cause);
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null || e.getMessage().isBlank()
        ? e.getClass().getSimpleName()
        : e.getMessage();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
