package io.esrgan.asset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A real HTTP server on the loopback, of one file, that behaves as well as it is told to. */
final class FileServer implements AutoCloseable {
  /** How it answers. */
  enum Manner {
    /** As it should. */
    WELL,
    /** As if it had never heard of ranges. */
    WITHOUT_RANGE,
    /** With 206, but from another byte than was asked for. */
    ANOTHER_RANGE,
    /** With half the bytes, then a closed connection. */
    HALF,
    /** With half the bytes, then nothing. */
    HALF_THEN_NOTHING,
    /** With 404. */
    NOT_FOUND,
    /** With a redirection to the same server, then as it should. */
    ELSEWHERE
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong served = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch halfCame = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile byte[] content;
  private volatile Manner manner = Manner.WELL;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create(
        "http://%s:%d/weights.pth"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  void behave(Manner how) {
    manner = how;
  }

  void serve(byte[] other) {
    content = other;
  }

  /** Bytes of bodies that were sent. */
  long served() {
    return served.get();
  }

  /** Requests that came. */
  int asked() {
    return asked.get();
  }

  /** To be called when half the bytes have come. */
  void halfHasCome() {
    halfCame.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      switch (manner) {
        case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
        case ELSEWHERE -> {
          manner = Manner.WELL;
          exchange.getResponseHeaders().add("Location", "/moved/weights.pth");
          exchange.sendResponseHeaders(302, -1);
        }
        case HALF, HALF_THEN_NOTHING -> {
          exchange.sendResponseHeaders(200, content.length);
          send(exchange, 0, content.length / 2);
          await(manner == Manner.HALF ? halfCame : goOn);
        }
        case WITHOUT_RANGE -> whole(exchange);
        default -> range(exchange);
      }
    }
  }

  private void range(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      whole(exchange);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int start = manner == Manner.ANOTHER_RANGE ? 0 : from;
    exchange
        .getResponseHeaders()
        .add(
            "Content-Range", "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    exchange.sendResponseHeaders(206, content.length - start);
    send(exchange, start, content.length - start);
  }

  private void whole(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    send(exchange, 0, content.length);
  }

  private void send(HttpExchange exchange, int from, int length) throws IOException {
    exchange.getResponseBody().write(content, from, length);
    exchange.getResponseBody().flush();
    served.addAndGet(length);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    halfCame.countDown();
    goOn.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
