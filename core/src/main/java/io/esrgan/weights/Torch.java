package io.esrgan.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two containers of {@code torch.save}: a zip archive since PyTorch 1.6, a row of pickles
 * before. Both hold one pickled object, whose tensors are views of storages that lie elsewhere in
 * the file.
 */
final class Torch {
  private static final String PICKLE = "data.pkl";

  /** A program compiled by TorchScript has this beside its pickle. */
  private static final String PROGRAM = "constants.pkl";

  private static final int PICKLE_START = 0x80; // every pickle that torch writes names a protocol
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Long PROTOCOL = 1001L;

  /** What a file of torch holds: an object, and the bytes of the storages that it refers to. */
  record Contents(Object object, Map<String, ByteBuffer> storages) {}

  private Torch() {}

  /** Whether the file starts as a pickle does. */
  static boolean isPickle(Source source) throws WeightsException {
    return source.length() > 0 && (source.window(0, 1).get() & 0xff) == PICKLE_START;
  }

  static Contents readZip(Source source) throws WeightsException {
    ZipArchive zip = new ZipArchive(source);
    String folder = folder(source, zip);
    if (zip.contains(folder + PROGRAM)) {
      throw source.fail(
          "is a TorchScript program, which would have to be executed; save the model's state_dict()"
              + " instead");
    }
    if (zip.contains(folder + "byteorder")) {
      String order = StandardCharsets.UTF_8.decode(zip.get(folder + "byteorder")).toString();
      if (!order.equals("little")) {
        throw source.fail(
            "its byte order is %s, only little is read; save it again on a little-endian machine"
                .formatted(Quote.of(order)));
      }
    }
    Pickle pickle = new Pickle(source, zip.get(folder + PICKLE));
    Object object = pickle.load();
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (StorageRef storage : pickle.storages().values()) {
      ByteBuffer bytes = zip.get(folder + "data/" + storage.key());
      if (bytes.remaining() != Shapes.bytes(storage.dtype(), storage.size())) {
        throw source.fail(
            "the storage %s has %d bytes, but its tensors need %d numbers of type %s"
                .formatted(
                    Quote.of(storage.key()), bytes.remaining(), storage.size(), storage.dtype()));
      }
      storages.put(storage.key(), bytes);
    }
    return new Contents(object, storages);
  }

  /** The one folder that everything in the archive lies in, with its slash. */
  private static String folder(Source source, ZipArchive zip) throws WeightsException {
    List<String> found = new ArrayList<>();
    for (String name : zip.names()) {
      int slash = name.indexOf('/') + 1;
      if (name.substring(slash).equals(PICKLE)) {
        found.add(name.substring(0, slash));
      }
    }
    if (found.size() != 1) {
      throw source.fail(
          "is a zip archive with %d files named data.pkl, so torch.save did not write it; name a"
                  .formatted(found.size())
              + " .pth or .safetensors file");
    }
    return found.get(0);
  }

  static Contents readLegacy(Source source) throws WeightsException {
    ByteBuffer in = source.window(0, source.length());
    Pickle pickle = new Pickle(source, in);
    if (!MAGIC.equals(pickle.load())) {
      throw source.fail(
          "is a Python pickle, but not one that torch.save wrote; save it with torch.save");
    }
    if (!PROTOCOL.equals(pickle.load())) {
      throw source.fail("its version of the legacy format is not " + PROTOCOL);
    }
    if (!(pickle.load() instanceof Map<?, ?> system)
        || !Boolean.TRUE.equals(system.get("little_endian"))) {
      throw source.fail(
          "its byte order is not little-endian; save it again on a little-endian machine");
    }
    Object object = pickle.load();
    if (!(pickle.load() instanceof List<?> keys)) {
      throw source.fail("the list of its storages is missing; it is damaged, so fetch it again");
    }
    return new Contents(object, storages(source, in, keys, pickle.storages()));
  }

  /** Each storage lies behind the one before it, its count of numbers first. */
  private static Map<String, ByteBuffer> storages(
      Source source, ByteBuffer in, List<?> keys, Map<String, StorageRef> known)
      throws WeightsException {
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object key : keys) {
      StorageRef storage = key instanceof String name ? known.get(name) : null;
      if (storage == null || storages.containsKey(storage.key())) {
        throw source.fail("its list of storages names one that no tensor has, or one twice");
      }
      long size = source.window(in.position(), Long.BYTES).getLong();
      if (size != storage.size()) {
        throw source.fail(
            "the storage %s has %d numbers, but its tensors need %d; it is damaged, so fetch it"
                    .formatted(Quote.of(storage.key()), size, storage.size())
                + " again");
      }
      ByteBuffer bytes =
          source.window(in.position() + Long.BYTES, Shapes.bytes(storage.dtype(), size));
      in.position(in.position() + Long.BYTES + bytes.remaining());
      storages.put(storage.key(), bytes);
    }
    return storages;
  }
}
