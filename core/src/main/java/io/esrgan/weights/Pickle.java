package io.esrgan.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python pickles as data: a machine with a stack and a memo, in which nothing can be called
 * but the few harmless types of {@link Global}.
 *
 * <p>What comes out: {@code null}, {@link Boolean}, {@link Long}, {@link BigInteger}, {@link
 * Double}, {@link String}, {@link List} (lists, tuples, sets), {@link Map} (dictionaries), {@link
 * Global}, {@link StorageRef}, {@link TensorView}, {@link Opaque}. Such a value may contain itself,
 * so whoever walks it must count its steps; no value is hashed or compared unless it is a plain
 * key.
 *
 * <p>Protocols 2 to 4, which are what {@code torch.save} writes. The memory taken is reckoned
 * instruction by instruction and bounded by {@link Limits#PICKLE}, and with it the time.
 */
final class Pickle {
  private static final int LOWEST_PROTOCOL = 2;
  private static final int HIGHEST_PROTOCOL = 4;

  private static final int INSTRUCTION_COST = 64; // bytes: a small object, its place, its memo

  private final Source source;
  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private Object[] memo = {};
  private int memoized;

  /** Pickles one after the other, from where {@code in} stands. */
  Pickle(Source source, ByteBuffer in) {
    this.source = source;
    this.in = new PickleInput(source, in);
  }

  /** The storages that tensors were seen in so far, by their keys. */
  Map<String, StorageRef> storages() {
    return storages;
  }

  /** Reads the next pickle, and leaves the buffer behind it. */
  Object load() throws WeightsException {
    stack.clear();
    marks.clear();
    memo = new Object[0];
    memoized = 0;
    while (true) {
      int opcode = in.unsignedByte();
      in.spend(INSTRUCTION_COST);
      if (opcode == Opcode.STOP) {
        return pop();
      }
      run(opcode);
    }
  }

  private void run(int opcode) throws WeightsException {
    switch (opcode) {
      case Opcode.PROTO -> checkProtocol(in.unsignedByte());
      case Opcode.FRAME -> in.checkFrame();
      case Opcode.MARK -> marks.add(stack.size());
      case Opcode.POP -> {
        if (!marks.isEmpty() && marks.get(marks.size() - 1) == stack.size()) {
          popMark();
        } else {
          pop();
        }
      }
      case Opcode.POP_MARK -> popMark();
      case Opcode.DUP -> push(top());

      case Opcode.NONE -> push(null);
      case Opcode.NEWTRUE -> push(true);
      case Opcode.NEWFALSE -> push(false);
      case Opcode.BININT -> push((long) in.signedInt());
      case Opcode.BININT1 -> push((long) in.unsignedByte());
      case Opcode.BININT2 -> push((long) in.unsignedShort());
      case Opcode.LONG1 -> push(in.number(in.unsignedByte()));
      case Opcode.LONG4 -> push(in.number(in.signedInt()));
      case Opcode.BINFLOAT -> push(Double.longBitsToDouble(Long.reverseBytes(in.signedLong())));
      case Opcode.BINUNICODE -> push(in.text(in.unsignedInt(), StandardCharsets.UTF_8));
      case Opcode.SHORT_BINUNICODE -> push(in.text(in.unsignedByte(), StandardCharsets.UTF_8));
      case Opcode.BINUNICODE8 -> push(in.text(in.signedLong(), StandardCharsets.UTF_8));
      case Opcode.BINSTRING -> push(in.text(in.signedInt(), StandardCharsets.ISO_8859_1));
      case Opcode.SHORT_BINSTRING -> push(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
      case Opcode.BINBYTES -> push(in.skip(in.unsignedInt()));
      case Opcode.SHORT_BINBYTES -> push(in.skip(in.unsignedByte()));
      case Opcode.BINBYTES8 -> push(in.skip(in.signedLong()));

      case Opcode.EMPTY_TUPLE -> push(List.of());
      case Opcode.TUPLE1 -> push(tuple(1));
      case Opcode.TUPLE2 -> push(tuple(2));
      case Opcode.TUPLE3 -> push(tuple(3));
      case Opcode.TUPLE, Opcode.FROZENSET -> push(popMark());
      case Opcode.EMPTY_LIST, Opcode.EMPTY_SET -> push(new ArrayList<>(0));
      case Opcode.LIST -> push(new ArrayList<>(popMark()));
      case Opcode.APPEND -> append(tuple(1));
      case Opcode.APPENDS, Opcode.ADDITEMS -> append(popMark());
      case Opcode.EMPTY_DICT -> push(new LinkedHashMap<>());
      case Opcode.DICT -> {
        List<Object> entries = popMark();
        push(new LinkedHashMap<>());
        putAll(entries);
      }
      case Opcode.SETITEM -> putAll(tuple(2));
      case Opcode.SETITEMS -> putAll(popMark());

      case Opcode.BINPUT -> memoize(in.unsignedByte());
      case Opcode.LONG_BINPUT -> memoize(in.unsignedInt());
      case Opcode.MEMOIZE -> memoize(memoized);
      case Opcode.BINGET -> push(recall(in.unsignedByte()));
      case Opcode.LONG_BINGET -> push(recall(in.unsignedInt()));

      case Opcode.GLOBAL -> {
        String module = in.line();
        push(global(module, in.line()));
      }
      case Opcode.STACK_GLOBAL -> {
        List<Object> names = tuple(2);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
          throw in.broken("a type whose name is no text");
        }
        push(global(module, name));
      }
      case Opcode.REDUCE, Opcode.NEWOBJ -> call();
      case Opcode.BUILD -> build();
      case Opcode.BINPERSID -> push(storage(pop()));
      default ->
          throw in.broken(
              "the instruction 0x%02x, which torch.save does not write".formatted(opcode));
    }
  }

  // What an instruction does

  private void checkProtocol(int protocol) throws WeightsException {
    if (protocol < LOWEST_PROTOCOL || protocol > HIGHEST_PROTOCOL) {
      throw in.broken(
          "protocol %d, not %d to %d".formatted(protocol, LOWEST_PROTOCOL, HIGHEST_PROTOCOL));
    }
  }

  private void append(List<Object> items) throws WeightsException {
    // Lists are ArrayLists and tuples are not, so that a tuple never changes.
    if (!(top() instanceof ArrayList<?>)) {
      throw in.broken("an item appended to what is no list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private void putAll(List<Object> entries) throws WeightsException {
    if (entries.size() % 2 != 0 || !(top() instanceof Map<?, ?>)) {
      throw in.broken("entries put into what is no dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < entries.size(); i += 2) {
      Object key = entries.get(i);
      // Only plain keys: hashing a list that contains itself would never end.
      if (key != null
          && !(key instanceof String)
          && !(key instanceof Number)
          && !(key instanceof Boolean)) {
        throw in.broken("a dictionary key that is neither text nor a number");
      }
      in.spend(INSTRUCTION_COST);
      map.put(key, entries.get(i + 1));
    }
  }

  private void memoize(long index) throws WeightsException {
    // Python numbers memos one by one, so an index above all instructions so far is made up.
    if (index > in.spent() / INSTRUCTION_COST) {
      throw in.broken("memo number " + index + ", which cannot have been reached");
    }
    int slot = (int) index;
    if (slot >= memo.length) {
      memo = Arrays.copyOf(memo, Math.max(slot + 1, memo.length * 2));
    }
    memo[slot] = top();
    memoized++;
  }

  private Object recall(long index) throws WeightsException {
    Object value = index < memo.length ? memo[(int) index] : null;
    if (value == null) {
      throw in.broken("memo number " + index + ", which was never set");
    }
    return value;
  }

  private Global global(String module, String name) throws WeightsException {
    Global global = Global.named(module + "." + name);
    if (global == null) {
      throw source.fail(
          ("asks for the Python object %s, which is never loaded, as only weights are read; if you"
                  + " trust the file, load it in Python and save model.state_dict() alone")
              .formatted(Quote.of(module + "." + name)));
    }
    return global;
  }

  private void call() throws WeightsException {
    Object arguments = pop();
    Object callee = pop();
    if (!(callee instanceof Global global) || !(arguments instanceof List<?> list)) {
      throw in.broken("a call of what cannot be called");
    }
    in.spend(INSTRUCTION_COST * copied(list));
    Object result = global.call(list);
    if (result == null) {
      throw in.broken("%s called with what it does not take".formatted(Quote.of(global.name())));
    }
    push(result);
  }

  /** How many values a call may copy: a dictionary made of another copies its entries. */
  private static long copied(List<?> arguments) {
    Object first = arguments.isEmpty() ? null : arguments.get(0);
    int inside =
        first instanceof Map<?, ?> map
            ? map.size()
            : first instanceof List<?> list ? list.size() : 0;
    return 1L + inside;
  }

  /** State of objects, such as the module versions in a state dict, is of no use here. */
  private void build() throws WeightsException {
    pop();
    Object built = top();
    if (!(built instanceof Map<?, ?>)
        && !(built instanceof TensorView)
        && !(built instanceof Opaque)) {
      throw in.broken("state for what has none");
    }
  }

  private StorageRef storage(Object id) throws WeightsException {
    StorageRef storage = StorageRef.parse(id);
    if (storage == null) {
      throw in.broken("a reference to something outside it that is no storage of numbers");
    }
    StorageRef known = storages.putIfAbsent(storage.key(), storage);
    if (known != null && (known.dtype() != storage.dtype() || known.size() != storage.size())) {
      throw in.broken(
          "the storage %s as %d %s and as %d %s"
              .formatted(
                  Quote.of(storage.key()),
                  known.size(),
                  known.dtype(),
                  storage.size(),
                  storage.dtype()));
    }
    in.spend(INSTRUCTION_COST);
    return storage;
  }

  // The stack

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() throws WeightsException {
    int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (stack.size() <= floor) {
      throw in.broken("an instruction that finds nothing to work on");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws WeightsException {
    top();
    return stack.remove(stack.size() - 1);
  }

  /** The topmost values, taken off the stack, the deepest first; the list cannot be changed. */
  private List<Object> tuple(int size) throws WeightsException {
    Object[] items = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return Arrays.asList(items);
  }

  private List<Object> popMark() throws WeightsException {
    if (marks.isEmpty()) {
      throw in.broken("the end of a group that has no start");
    }
    int start = marks.remove(marks.size() - 1);
    List<Object> group = stack.subList(start, stack.size());
    List<Object> items = Arrays.asList(group.toArray());
    group.clear();
    return items;
  }
}
