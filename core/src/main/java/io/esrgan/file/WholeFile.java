package io.esrgan.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Writes files that are either whole or not there.
 *
 * <p>The bytes go to a hidden neighbour of the target, are forced to the disk, and are then moved
 * into place. A crash, a full disk or a kill in the middle leaves the target as it was; what may
 * remain after a crash is a neighbour named {@code .esrgan-XXXXXXXXXXXXXXXX.part}, which is never
 * read, and which a process that writes there later takes away: a minute later, or a day where file
 * systems may not tell of locks. That name is short, so that any name that the file system takes
 * can be a target's.
 */
public final class WholeFile {
  static final String PART_START = ".esrgan-";
  static final String PART_END = ".part";
  private static final Pattern PART =
      Pattern.compile(Pattern.quote(PART_START) + "[0-9a-f]{16}" + Pattern.quote(PART_END));
  static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(WholeFile::clearUp, "esrgan-clear-up"));
  }

  private WholeFile() {}

  /** Ctrl-C and a polite kill end the process without unwinding the thread that writes. */
  private static void clearUp() {
    Ending.await();
    UNFINISHED.forEach(WholeFile::remove);
  }

  /** Whether a name is one of those that files have before they are whole. */
  public static boolean isPart(String name) {
    return PART.matcher(name).matches();
  }

  /** What in a folder is named so. */
  static List<Path> parts(Path folder) throws IOException {
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, file -> isPart(file.getFileName().toString()))) {
      found.forEach(parts::add);
    } catch (DirectoryIteratorException e) { // a disk or a network that fails half-way
      throw e.getCause();
    }
    return parts;
  }

  static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays behind, as after a crash.
    }
  }

  /** What fills the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes {@code target}, replacing a file that is there. */
  public static void replace(Path target, Content content) throws IOException {
    write(target, content, true);
  }

  /** Writes {@code target} with these bytes, replacing a file that is there. */
  public static void replace(Path target, byte[] content) throws IOException {
    replace(target, out -> out.write(content));
  }

  /** Writes {@code target} as text in UTF-8, replacing a file that is there. */
  public static void replace(Path target, String text) throws IOException {
    replace(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes {@code target}, which must not exist yet.
   *
   * @throws FileAlreadyExistsException if it does, also when it appeared while writing
   */
  public static void create(Path target, Content content) throws IOException {
    write(target, content, false);
  }

  private static void write(Path target, Content content, boolean replace) throws IOException {
    try (UnfinishedFile file = UnfinishedFile.open(target, replace)) {
      try {
        content.writeTo(file.out());
      } catch (IOException e) {
        throw file.failure(e);
      }
      file.commit();
    }
  }

  /**
   * Deletes what killed processes left behind in a folder that nobody else writes into now.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static void sweep(Path folder) throws IOException {
    for (Path part : parts(folder)) {
      Files.deleteIfExists(part);
    }
  }

  /** Moves a finished file into the place of another in its folder, whole or not at all. */
  public static void moveOver(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** So that the file outlasts a power cut, too, under its new name. */
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system lets a folder be forced.
    }
  }

  /**
   * A hard link fails if the name was taken meanwhile; a plain move would silently replace it on
   * some systems.
   */
  static void publish(Path part, Path target) throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(part, target);
    }
  }

  /** The system's own words, without the names of files that nobody asked about. */
  public static String reason(IOException e) {
    if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
