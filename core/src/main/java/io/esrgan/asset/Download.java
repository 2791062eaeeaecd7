package io.esrgan.asset;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Brings a file from its address into a part beside its place, and goes on where an earlier attempt
 * broke off if the server can (RFC 9110, section 14). What came is on the disk when {@link #run}
 * returns, and is not yet checked.
 */
final class Download {
  private static final int PIECE = 1 << 16;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final URI address;
  private final Path part;
  private final long size; // 0 if it is not known
  private final Duration patience;
  private final Progress progress;
  private final HttpClient client;

  /**
   * Nothing is sent yet.
   *
   * @param size of the whole file, or 0 if it is not known
   * @param patience how long to wait for a connection, an answer, or the next piece
   */
  Download(URI address, Path part, long size, Duration patience, Progress progress) {
    this.address = address;
    this.part = part;
    this.size = size;
    this.patience = patience;
    this.progress = progress;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Fills the part.
   *
   * @throws IOException with a few words for why it is not all there; what came stays in the part
   */
  void run() throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (size > 0 && have == size) {
      return; // broken off between the last byte and the check
    }
    HttpResponse<InputStream> response = send(size > 0 && have > size ? 0 : have);
    if (!isAnswer(response, have) && mayBeAskedAgain(response, have)) {
      response.body().close();
      response = send(0);
    }
    try (InputStream body = response.body()) {
      if (!isAnswer(response, have)) {
        throw new IOException("the answer is HTTP %d".formatted(response.statusCode()));
      }
      receive(body, response, response.statusCode() == PARTIAL ? have : 0);
    }
  }

  private HttpResponse<InputStream> send(long from) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(patience).header("User-Agent", "esrgan");
    if (from > 0) {
      request.header("Range", "bytes=%d-".formatted(from));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw silence(e);
    } catch (ConnectException e) {
      throw new IOException(
          "no connection to %s (is there a network?)".formatted(address.getAuthority()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  /** Whether it brings the whole file, or that which follows what is there. */
  private static boolean isAnswer(HttpResponse<?> response, long have) {
    return response.statusCode() == OK
        || (response.statusCode() == PARTIAL
            && have > 0
            && response
                .headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes %d-".formatted(have)))
                .isPresent());
  }

  /** Whether only the part that was asked for does not suit the server. */
  private static boolean mayBeAskedAgain(HttpResponse<?> response, long have) {
    return have > 0
        && (response.statusCode() == RANGE_NOT_SATISFIABLE || response.statusCode() == PARTIAL);
  }

  private void receive(InputStream body, HttpResponse<?> response, long from) throws IOException {
    long announced = response.headers().firstValueAsLong("Content-Length").orElse(0);
    long total = size > 0 ? size : announced > 0 ? from + announced : 0;
    try (StallGuard guard = new StallGuard(body, patience);
        FileChannel channel = open(from)) {
      byte[] piece = new byte[PIECE];
      long done = from;
      progress.at(done, total);
      for (int read = read(body, piece, guard); read >= 0; read = read(body, piece, guard)) {
        write(channel, ByteBuffer.wrap(piece, 0, read));
        done += read;
        if (size > 0 && done > size) {
          return; // this is not the file, as its check will find; it could go on for ever
        }
        progress.at(done, total);
      }
      channel.force(true);
    }
  }

  private FileChannel open(long from) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return channel.truncate(from).position(from);
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private int read(InputStream body, byte[] piece, StallGuard guard) throws IOException {
    try {
      int read = body.read(piece);
      guard.sign();
      return read;
    } catch (IOException e) {
      throw guard.isStalled() ? silence(e) : brokenOff(e);
    }
  }

  private void write(FileChannel channel, ByteBuffer piece) throws IOException {
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private IOException unwritten(IOException e) {
    return new IOException("cannot write %s: %s".formatted(part, WholeFile.reason(e)), e);
  }

  private IOException silence(IOException e) {
    return new IOException(
        "%s sent nothing for %d s".formatted(address.getAuthority(), patience.toSeconds()), e);
  }

  private IOException brokenOff(IOException e) {
    return new IOException(
        "the connection to %s broke off (%s)"
            .formatted(address.getAuthority(), WholeFile.reason(e)),
        e);
  }
}
