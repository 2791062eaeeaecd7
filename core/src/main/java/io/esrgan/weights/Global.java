package io.esrgan.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A Python type or function that a pickle may name: this class holds the whole list. Each stands
 * for a few lines of Java that build a plain value; no Python code is looked up or run.
 */
final class Global {
  private static final Map<String, Global> ALLOWED = new TreeMap<>();

  static {
    for (String dict : List.of("collections.OrderedDict", "typing.OrderedDict")) {
      allow(dict, Global::dictionary);
    }
    allow("collections.Counter", Global::dictionary);
    allow("torch.Size", arguments -> items(arguments, 0));
    allow("torch._utils._rebuild_tensor", Global::tensor);
    allow("torch._utils._rebuild_tensor_v2", Global::tensor);
    allow("torch._utils._rebuild_parameter", Global::parameter);
    allow("torch._utils._rebuild_parameter_with_state", Global::parameter);

    Map<String, Dtype> storages =
        Map.of(
            "Double", Dtype.F64,
            "Float", Dtype.F32,
            "Half", Dtype.F16,
            "BFloat16", Dtype.BF16,
            "Long", Dtype.I64,
            "Int", Dtype.I32,
            "Short", Dtype.I16,
            "Char", Dtype.I8,
            "Byte", Dtype.U8,
            "Bool", Dtype.BOOL);
    storages.forEach(
        (name, dtype) -> {
          put(new Global("torch." + name + "Storage", dtype, arguments -> null));
          put(new Global("torch.cuda." + name + "Storage", dtype, arguments -> null));
        });

    // Beside the weights of a training state; they become values that nobody looks into.
    for (String name :
        Set.of(
            "torch.device",
            "torch.float16",
            "torch.bfloat16",
            "torch.float32",
            "torch.float64",
            "torch.int64",
            "numpy.dtype",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "builtins.set",
            "__builtin__.set",
            "_codecs.encode")) {
      allow(name, arguments -> new Opaque(name));
    }
  }

  private final String name;
  private final Dtype storageOf; // null for what is no storage type
  private final Function<List<?>, Object> action;

  private Global(String name, Dtype storageOf, Function<List<?>, Object> action) {
    this.name = name;
    this.storageOf = storageOf;
    this.action = action;
  }

  private static void allow(String name, Function<List<?>, Object> action) {
    put(new Global(name, null, action));
  }

  private static void put(Global global) {
    ALLOWED.put(global.name, global);
  }

  /** The allowed object of that full name, or null. */
  static Global named(String name) {
    return ALLOWED.get(name);
  }

  String name() {
    return name;
  }

  /** The type of number that a storage of this type holds, or null if this is no storage type. */
  Dtype storageOf() {
    return storageOf;
  }

  /** What a call with these arguments builds, or null if it does not take them. */
  Object call(List<?> arguments) {
    return action.apply(arguments);
  }

  /** A dictionary: empty, of a dictionary, or of a list of pairs. */
  private static Map<Object, Object> dictionary(List<?> arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (arguments.isEmpty()) {
      return dictionary;
    }
    if (arguments.get(0) instanceof Map<?, ?> other) {
      dictionary.putAll(other);
      return dictionary;
    }
    List<?> pairs = items(arguments, 0);
    if (pairs == null) {
      return null;
    }
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> both)
          || both.size() != 2
          || !(both.get(0) instanceof String key)) {
        return null;
      }
      dictionary.put(key, both.get(1));
    }
    return dictionary;
  }

  /** (storage, offset, size, stride, ...): the rest is about gradients. */
  private static TensorView tensor(List<?> arguments) {
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof StorageRef storage)
        || !(arguments.get(1) instanceof Long offset)) {
      return null;
    }
    List<Long> size = numbers(items(arguments, 2));
    List<Long> stride = numbers(items(arguments, 3));
    return size == null || stride == null || size.size() != stride.size()
        ? null
        : new TensorView(storage, offset, size, stride);
  }

  private static Object parameter(List<?> arguments) {
    return !arguments.isEmpty() && arguments.get(0) instanceof TensorView view ? view : null;
  }

  private static List<?> items(List<?> arguments, int index) {
    return index < arguments.size() && arguments.get(index) instanceof List<?> list ? list : null;
  }

  private static List<Long> numbers(List<?> items) {
    if (items == null || items.size() > Limits.AXES) {
      return null;
    }
    List<Long> numbers = new ArrayList<>(items.size());
    for (Object item : items) {
      if (!(item instanceof Long number)) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }
}
