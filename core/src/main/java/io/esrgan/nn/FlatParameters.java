package io.esrgan.nn;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of a network's parameters, all in one flat tensor; a parameter is a view into it.
 *
 * <p>Optimiser, moving average and gradient norm then take a handful of operations on one tensor
 * instead of one on each of hundreds. What is measured rather than trained lies among the others:
 * its gradient is zero, so an optimiser leaves it alone. Convolution weights lie in memory as (out,
 * kh, kw, in), the order that channels-last convolutions read; {@link #toStateDict()} gives them
 * back as (out, in, kh, kw).
 *
 * <p>Its tensors belong to the scope that was open when it was made.
 */
public final class FlatParameters {
  /**
   * Parameters start at multiples of this many numbers, so that each is aligned to 64 bytes in
   * either precision.
   */
  private static final int ALIGNMENT = 32;

  private final List<Parameter> parameters;
  private final Map<Parameter, Long> offsets = new HashMap<>();
  private final Map<Parameter, Tensor> views = new HashMap<>();
  private final Tensor flat; // (total)
  private final Tensor trained; // its first part
  private final Tensor measured; // the rest
  private final Tensor gradient; // as long as trained, or null where nothing is

  private FlatParameters(List<Parameter> parameters, Tensor flat, boolean learning) {
    this.parameters = parameters;
    this.flat = flat;
    long border = total(parameters, true);
    this.trained = flat.slice(0, 0, border);
    this.measured = flat.slice(0, border, flat.count() - border);
    this.gradient = learning ? Tensor.zeros(flat.precision(), flat.device(), border) : null;
    // Forward passes change what is measured, before the backward pass of the weights beside it.
    Tensor unwatched = flat.unwatched();
    long offset = 0;
    for (boolean kind : List.of(true, false)) {
      for (Parameter parameter : parameters) {
        if (parameter.role().isTrained() == kind) {
          offsets.put(parameter, offset);
          Tensor view = view(kind ? flat : unwatched, parameter);
          if (learning && kind) {
            view.requireGradient(view(gradient, parameter));
          }
          views.put(parameter, view);
          offset += aligned(parameter.count());
        }
      }
    }
  }

  /** Zeros for a network that is only run. */
  public static FlatParameters frozen(Parameterised network, Device device) {
    return new FlatParameters(network.parameters(), zeros(network, device), false);
  }

  /** Zeros for a network that is trained, with room for their gradients. */
  public static FlatParameters trainable(Parameterised network, Device device) {
    return new FlatParameters(network.parameters(), zeros(network, device), true);
  }

  private static Tensor zeros(Parameterised network, Device device) {
    List<Parameter> parameters = network.parameters();
    long total = total(parameters, true) + total(parameters, false);
    return Tensor.zeros(Precision.FLOAT32, device, total);
  }

  private static long total(List<Parameter> parameters, boolean trained) {
    return parameters.stream()
        .filter(parameter -> parameter.role().isTrained() == trained)
        .mapToLong(parameter -> aligned(parameter.count()))
        .sum();
  }

  private Tensor view(Tensor source, Parameter parameter) {
    long offset = offsets.get(parameter);
    long[] shape = parameter.shape();
    return shape.length == 4
        ? source.channelsLastView(offset, shape[0], shape[1], shape[2], shape[3])
        : source.slice(0, offset, parameter.count()).reshape(shape);
  }

  /**
   * Neighbouring parameters that have the same factor.
   *
   * @param start place in {@link #trained()}
   */
  public record Stretch(long start, long count, double factor) {
    /** The same place in a tensor that is laid out so. */
    public Tensor of(Tensor all) {
      return all.slice(0, start, count);
    }
  }

  /** The trained numbers from first to last, cut where the factor changes. */
  public List<Stretch> stretches(ToDoubleFunction<Parameter> factor) {
    List<Stretch> stretches = new ArrayList<>();
    for (Parameter parameter : trainedOnes()) {
      Stretch next =
          new Stretch(
              offsets.get(parameter), aligned(parameter.count()), factor.applyAsDouble(parameter));
      Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last != null && last.factor == next.factor) {
        stretches.set(
            stretches.size() - 1, new Stretch(last.start, last.count + next.count, last.factor));
      } else {
        stretches.add(next);
      }
    }
    return stretches;
  }

  private static long aligned(long count) {
    return (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** All numbers in one row, (total) float32, the gaps between parameters zero. */
  public Tensor flat() {
    return flat;
  }

  /** The numbers that gradients change: the first part of {@link #flat()}. */
  public Tensor trained() {
    return trained;
  }

  /**
   * The numbers that forward passes in training change: the rest of it, empty for most networks.
   */
  public Tensor measured() {
    return measured;
  }

  /** The gradients, in the same places as in {@link #trained()}. */
  public Tensor gradient() {
    if (gradient == null) {
      throw new IllegalStateException("these parameters are frozen: they have no gradients");
    }
    return gradient;
  }

  /** One parameter's numbers, in this store's own precision. */
  public Tensor get(Parameter parameter) {
    Tensor view = views.get(parameter);
    if (view == null) {
      throw new IllegalArgumentException(
          "the parameter " + parameter.name() + " belongs to another network");
    }
    return view;
  }

  /**
   * For a forward pass that is learned from: gradients reach the float32 numbers, which are
   * converted on every call.
   */
  public Numbers learning(Precision precision) {
    return inTraining(parameter -> in(precision, parameter, get(parameter)));
  }

  /**
   * For a forward pass that behaves as in training, whose numbers are held: gradients pass through
   * to the input only. What is measured in training is measured all the same.
   */
  public Numbers held(Precision precision) {
    return inTraining(parameter -> in(precision, parameter, get(parameter).detach()));
  }

  private static Tensor in(Precision precision, Parameter parameter, Tensor numbers) {
    return parameter.role().isFloat32Always() ? numbers : numbers.to(precision);
  }

  private static Numbers inTraining(Numbers numbers) {
    return new Numbers() {
      @Override
      public Tensor get(Parameter parameter) {
        return numbers.get(parameter);
      }

      @Override
      public boolean training() {
        return true;
      }
    };
  }

  /** A frozen copy in another precision, converted once: for inference. */
  public FlatParameters in(Precision precision) {
    return precision == flat.precision()
        ? this
        : new FlatParameters(parameters, flat.detach().to(precision), false);
  }

  /** Draws first values; the same seed gives the same values on every machine. */
  public void initialise(Initialisation initialisation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameter parameter : parameters) {
      double[] drawn = initialisation.draw(parameter, random.split());
      float[] values = new float[drawn.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) drawn[i];
      }
      assign(flat, parameter, values);
    }
  }

  /**
   * Takes the numbers from a file's contents.
   *
   * @throws java.util.NoSuchElementException if one is missing
   * @throws IllegalArgumentException if one has another shape, or no place in the network
   */
  public void load(StateDict state) {
    load(state, flat, parameters);
  }

  /** As {@link #load(StateDict)}, into another tensor laid out as {@link #trained()}. */
  public void load(StateDict state, Tensor target) {
    load(state, target, trainedOnes());
  }

  private void load(StateDict state, Tensor target, List<Parameter> wanted) {
    for (Parameter parameter : wanted) {
      assign(target, parameter, parameter.from(state).floats());
    }
    if (state.size() > wanted.size()) {
      Set<String> others = new LinkedHashSet<>(state.names());
      wanted.forEach(parameter -> others.remove(parameter.name()));
      throw new IllegalArgumentException(
          "%s has no place in the network, nor have %d others"
              .formatted(others.iterator().next(), others.size() - 1));
    }
  }

  private List<Parameter> trainedOnes() {
    return parameters.stream().filter(parameter -> parameter.role().isTrained()).toList();
  }

  private void assign(Tensor target, Parameter parameter, float[] values) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      view(target, parameter).assign(Tensor.of(values, parameter.shape()));
    }
  }

  /** The numbers as they go into a file: float32, by name. */
  public StateDict toStateDict() {
    return toStateDict(flat, parameters);
  }

  /** As {@link #toStateDict()}, from another tensor laid out as {@link #trained()}. */
  public StateDict toStateDict(Tensor source) {
    return toStateDict(source, trainedOnes());
  }

  private StateDict toStateDict(Tensor source, List<Parameter> wanted) {
    Map<String, Weight> entries = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      for (Parameter parameter : wanted) {
        entries.put(
            parameter.name(), Weight.of(view(source, parameter).toFloats(), parameter.shape()));
      }
    }
    return StateDict.of(entries);
  }
}
