package io.esrgan.weights;

import java.util.List;

/**
 * A reference from a pickle to a storage: a flat run of numbers in another place of the file.
 *
 * @param key the name of the whole storage
 * @param dtype the type of its numbers
 * @param size how many numbers the whole storage has
 * @param from where the part that is meant begins, counted in numbers; 0 but in some old files
 * @param length how many numbers that part has
 */
record StorageRef(String key, Dtype dtype, long size, long from, long length) {

  /**
   * What torch writes: ("storage", type, key, device, size) and in the legacy container a sixth
   * item, None or (key of the part, begin, length). Null if this is something else.
   */
  static StorageRef parse(Object id) {
    if (!(id instanceof List<?> items)
        || items.size() < 5
        || !"storage".equals(items.get(0))
        || !(items.get(1) instanceof Global type)
        || type.storageOf() == null
        || !(items.get(2) instanceof String key)
        || !(items.get(4) instanceof Long size)
        || size < 0) {
      return null;
    }
    if (items.size() < 6 || items.get(5) == null) {
      return new StorageRef(key, type.storageOf(), size, 0, size);
    }
    if (items.get(5) instanceof List<?> part
        && part.size() == 3
        && part.get(1) instanceof Long from
        && part.get(2) instanceof Long length
        && from >= 0
        && length >= 0
        && from <= size - length) {
      return new StorageRef(key, type.storageOf(), size, from, length);
    }
    return null;
  }
}
