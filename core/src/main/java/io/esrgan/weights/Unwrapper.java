package io.esrgan.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the weights in the object that a {@code .pth} file holds. They may lie bare, inside
 * dictionaries with names that training programs have made customary, or, in the state of a
 * training, scattered among other things; then each gets the path to it for a name.
 */
final class Unwrapper {
  /** Averaged weights before the last ones, as the average is what people publish and measure. */
  private static final List<String> WRAPPERS =
      List.of(
          "params_ema",
          "params-ema",
          "ema_state_dict",
          "generator_ema",
          "g_ema",
          "model_state_dict",
          "state_dict",
          "params",
          "model",
          "net",
          "netG",
          "net_g",
          "generator",
          "netD",
          "net_d",
          "discriminator");

  /**
   * The weights that were found.
   *
   * @param path the dictionaries around them, joined by dots; empty where there was none
   */
  record Found(String path, Map<String, TensorView> tensors) {}

  /** A value, and the way to it from the top. */
  private record Step(Step from, Object key, Object value, int depth) {
    String path() {
      Deque<String> keys = new ArrayDeque<>();
      for (Step step = this; step.from != null; step = step.from) {
        keys.push(String.valueOf(step.key));
      }
      return String.join(".", keys);
    }
  }

  private final Source source;

  Unwrapper(Source source) {
    this.source = source;
  }

  Found find(Object object) throws WeightsException {
    List<String> path = new ArrayList<>();
    Map<?, ?> dictionary = dictionary(object);
    for (int depth = 0; depth < Limits.DEPTH; depth++) {
      String wrapper = wrapper(dictionary);
      if (wrapper == null) {
        break;
      }
      path.add(wrapper);
      dictionary = dictionary(dictionary.get(wrapper));
    }
    Map<String, TensorView> tensors = direct(dictionary);
    if (tensors.isEmpty()) {
      tensors = scattered(dictionary);
    }
    if (tensors.isEmpty()) {
      throw source.fail(
          "holds no weights, only %s; name the file of a model"
              .formatted(Quote.some(dictionary.keySet())));
    }
    return new Found(String.join(".", path), tensors);
  }

  private Map<?, ?> dictionary(Object object) throws WeightsException {
    if (object instanceof Map<?, ?> map) {
      return map;
    }
    String what =
        object instanceof TensorView
            ? "a single tensor"
            : object instanceof List<?> ? "a list" : "a plain value";
    throw source.fail(
        "holds %s, not a dictionary of weights; save model.state_dict()".formatted(what));
  }

  /** The key of the dictionary that the weights are in, or null if this one is it. */
  private static String wrapper(Map<?, ?> dictionary) {
    for (String name : WRAPPERS) {
      if (dictionary.get(name) instanceof Map<?, ?> inner && !inner.isEmpty()) {
        return name;
      }
    }
    if (dictionary.size() != 1) {
      return null;
    }
    Map.Entry<?, ?> only = dictionary.entrySet().iterator().next();
    return only.getKey() instanceof String name && only.getValue() instanceof Map<?, ?>
        ? name
        : null;
  }

  private Map<String, TensorView> direct(Map<?, ?> dictionary) throws WeightsException {
    Map<String, TensorView> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof TensorView view) {
        add(tensors, name, view);
      }
    }
    return tensors;
  }

  /**
   * Walks everything inside, in order; what contains itself is walked {@link Limits#DEPTH} deep.
   */
  private Map<String, TensorView> scattered(Map<?, ?> dictionary) throws WeightsException {
    Map<String, TensorView> tensors = new LinkedHashMap<>();
    Deque<Step> open = new ArrayDeque<>();
    open.push(new Step(null, null, dictionary, 0));
    for (int visits = 0; !open.isEmpty(); visits++) {
      Step step = open.pop();
      if (step.value instanceof TensorView view) {
        add(tensors, step.path(), view);
      } else if (step.depth < Limits.DEPTH) {
        List<Step> inside = inside(step, Limits.VISITS - visits - open.size());
        for (int i = inside.size() - 1; i >= 0; i--) {
          open.push(inside.get(i));
        }
      }
    }
    return tensors;
  }

  private List<Step> inside(Step step, int most) throws WeightsException {
    List<Step> inside = new ArrayList<>();
    if (step.value instanceof Map<?, ?> map) {
      checkVisits(map.size(), most);
      map.forEach((key, value) -> inside.add(new Step(step, key, value, step.depth + 1)));
    } else if (step.value instanceof List<?> list) {
      checkVisits(list.size(), most);
      for (int i = 0; i < list.size(); i++) {
        inside.add(new Step(step, i, list.get(i), step.depth + 1));
      }
    }
    return inside;
  }

  private void checkVisits(int size, int most) throws WeightsException {
    if (size > most) {
      throw source.fail(
          "holds more than %d values, among which no weights are found; save model.state_dict()"
                  .formatted(Limits.VISITS)
              + " alone");
    }
  }

  private void add(Map<String, TensorView> tensors, String name, TensorView view)
      throws WeightsException {
    if (name.length() > Limits.NAME || tensors.size() == Limits.WEIGHTS) {
      throw source.fail(
          "holds more than %d weights, or one with a name longer than %d characters: %s"
              .formatted(Limits.WEIGHTS, Limits.NAME, Quote.of(name)));
    }
    tensors.put(name, view);
  }
}
