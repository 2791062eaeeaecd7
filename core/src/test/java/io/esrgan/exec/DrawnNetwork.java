package io.esrgan.exec;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network that chance has drawn: convolutions of all sizes that read any feature maps before them
 * side by side, far back too, with or without rectifiers, sums and a doubling at the end.
 */
final class DrawnNetwork implements Network {
  private static final int[] KERNELS = {1, 3, 3, 3, 5, 7};
  private static final int[] CHANNELS = {1, 8, 16, 16, 24};

  /** One step: what it reads, and what its result is added to, or -1. */
  private record Drawn(Conv2d layer, List<Integer> read, double slope, int onto) {}

  private final Blueprint root = Blueprint.empty();
  private final List<Drawn> steps = new ArrayList<>();
  private final boolean doubling;
  private final Conv2d last;

  DrawnNetwork(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> channels = new ArrayList<>(List.of(3));
    for (int i = 0; i < length; i++) {
      List<Integer> read = new ArrayList<>(List.of(random.nextInt(i + 1)));
      for (int other = 0; other <= i; other++) {
        if (random.nextInt(3) == 0 && !read.contains(other)) {
          read.add(other);
        }
      }
      int in = read.stream().mapToInt(channels::get).sum();
      int out = CHANNELS[random.nextInt(CHANNELS.length)];
      int kernel = KERNELS[random.nextInt(KERNELS.length)];
      int onto = random.nextBoolean() ? channels.lastIndexOf(out) : -1;
      double slope = onto < 0 && random.nextBoolean() ? 0.2 : 1;
      Conv2d layer = new Conv2d(root.within("layer" + i), in, out, kernel);
      steps.add(new Drawn(layer, read, slope, onto));
      channels.add(out);
    }
    doubling = random.nextBoolean();
    last = new Conv2d(root.within("last"), channels.get(length), 3, 3);
  }

  @Override
  public Features forward(Features x) {
    List<Features> made = new ArrayList<>(List.of(x));
    for (Drawn step : steps) {
      List<Features> read = step.read().stream().map(made::get).toList();
      Features one = read.get(0);
      Features y =
          step.layer().forward(read.size() > 1 ? one.with(read.subList(1, read.size())) : one);
      if (step.onto() >= 0) {
        y = made.get(step.onto()).plus(y, 0.2);
      }
      made.add(step.slope() < 1 ? y.leakyRelu(step.slope()) : y);
    }
    Features result = made.get(made.size() - 1);
    return last.forward(doubling ? result.upsampleNearest(2) : result);
  }

  @Override
  public List<Parameter> parameters() {
    return root.parameters();
  }

  @Override
  public int inputChannels() {
    return 3;
  }
}
