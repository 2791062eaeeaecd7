package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Layers one behind the other. */
record Sequence(List<Layer> layers) implements Layer {

  /** Layers of one kind, which are numbered from 0 in their place. */
  static Sequence of(Blueprint place, int count, Function<Blueprint, Layer> layer) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(layer.apply(place.within(Integer.toString(i))));
    }
    return new Sequence(layers);
  }

  @Override
  public Features forward(Features x) {
    for (Layer layer : layers) {
      x = layer.forward(x);
    }
    return x;
  }
}
