package io.esrgan.cli;

import io.esrgan.image.Header;
import io.esrgan.image.Images;
import io.esrgan.image.PictureException;
import io.esrgan.weights.WeightFile;
import io.esrgan.weights.WeightKind;
import io.esrgan.weights.Weights;
import io.esrgan.weights.WeightsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan info}: what a file is, told from its content. */
@Command(
    name = "info",
    description = {
      "Tells what a file is: a picture, or weights of any kind.",
      "",
      "Of a generator it tells the measures, the cost and how far it sees, of a discriminator what"
          + " it judges; where a file does not fit any network, which of its names are missing or"
          + " too many. Nothing in a file is ever executed."
    },
    footer = {"", "Example:", "  esrgan info RRDB_ESRGAN_x4.pth"})
final class InfoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A picture or a weight file.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Facts facts = new Facts();
    facts.add("file", file.toString());
    if (Files.isRegularFile(file)) {
      facts.add("size", Phrases.size(Files.size(file)));
    }
    try {
      describe(Images.probe(file), facts);
    } catch (PictureException e) {
      if (Images.isPicture(file) || !Files.isRegularFile(file)) {
        throw e;
      }
      return weights(facts);
    }
    print(facts);
    return ExitCode.DONE;
  }

  private static void describe(Header header, Facts facts) {
    facts.add("what", "a picture");
    facts.add("format", header.format().name());
    facts.add("pixels", "%d x %d".formatted(header.width(), header.height()));
  }

  private int weights(Facts facts) throws IOException {
    WeightFile weights = Weights.open(file);
    WeightFacts.of(weights, facts);
    try {
      if (weights.kind().isGenerator()) {
        WeightFacts.of(Weights.readGenerator(file), facts);
      } else if (weights.kind().isDiscriminator()) {
        WeightFacts.of(Weights.readDiscriminator(file), facts);
      }
    } catch (WeightsException e) {
      print(facts);
      spec.commandLine().getErr().print(e.tree());
      throw e;
    }
    WeightFacts.ofClassifier(weights, facts);
    facts.add("SHA-256", Weights.sha256(file));
    WeightFacts.metadata(weights.weights(), facts);
    print(facts);
    if (weights.kind() == WeightKind.UNKNOWN) {
      throw new IOException(
          "%s holds weights of a kind that is not recognised: %s"
              .formatted(file, WeightFacts.someNames(weights.weights())));
    }
    return ExitCode.DONE;
  }

  private void print(Facts facts) {
    PrintWriter out = spec.commandLine().getOut();
    facts.lines().forEach(out::println);
    out.flush();
  }
}
