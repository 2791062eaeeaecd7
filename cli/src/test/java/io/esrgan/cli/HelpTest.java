package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
  @Test
  void namesEveryCommandAndExitCode() {
    CommandRun run = CommandRun.of("--help").succeeds();
    assertThat(run.out())
        .contains(
            "upscale",
            "train",
            "eval",
            "compare",
            "ablate",
            "features",
            "info",
            "convert",
            "interpolate",
            "assets",
            "Exit codes",
            "done in part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upscale",
        "train",
        "eval",
        "compare",
        "ablate",
        "features",
        "info",
        "convert",
        "interpolate",
        "assets"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help").succeeds();
    assertThat(run.out()).startsWith("Usage: esrgan " + command).contains("Example", "Exit codes");
  }

  @Test
  void aCommandAloneIsAsItIsAmongAll() {
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, among) -> {
              CommandLine alone = Main.commandLine(name);
              assertThat(alone.getSubcommands()).containsOnlyKeys(name);
              assertThat(alone.getSubcommands().get(name).getUsageMessage())
                  .isEqualTo(among.getUsageMessage());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"upscale", "eval", "compare", "interpolate"})
  void optionsOfTheEngineAreExplainedWithTheirDefaults(String command) {
    assertThat(CommandRun.of(command, "--help").succeeds().out())
        .contains("--precision", "--memory", "--device", "Default: half of what is free");
  }

  @Test
  void theVersionNamesProgramEngineAndJava() {
    assertThat(CommandRun.of("--version").succeeds().out())
        .startsWith("esrgan ")
        .contains("libtorch", "Java");
  }

  @ParameterizedTest
  @CsvSource({
    "upscal, did you mean upscale",
    "trian, train",
    "upscale --forse a.png, did you mean --format or --forecast or --force",
    "upscale, Missing required parameter: 'INPUT'",
    "upscale a.png --precision half, --precision",
    "upscale a.png --device gpu, --device",
    "upscale a.png --memory lots, no size",
    "upscale a.png --memory 100, between a megabyte",
    "upscale a.png --format webp, png",
    "upscale a.png -o b.png --format png, --format",
    "upscale a.png -o c.txt, says no format",
    "upscale a.png --scale 0.5, a scale is 1 to 16",
    "upscale a.png --scale 17, a scale is 1 to 16",
    "upscale a.png --scale NaN, a scale is 1 to 16",
    "upscale a.png --scale big, is no number",
    "upscale a.png --back-project -1, 0 to 100 times",
    "upscale a.png --back-project 101, 0 to 100 times",
    "upscale a.png --back-project 1.5, is no whole number",
    "convert a.pth, --output",
    "convert a.pth -o b.pth, must end in .safetensors or .onnx",
    "convert a.pth -o b.onnx --dtype float16, ONNX is written in float32",
    "train, name a recipe",
    "train compact-psnr --set steps, --set",
    "ablate, name a study",
    "ablate figure-9, did you mean figure-8",
    "ablate figure-8 --threads 0, give 1 or more",
    "ablate figure-8 --set stesp=3 --set measure.sets=x --set data.train=y, did you mean steps",
    "features, IMAGE",
    "eval, DATASET",
    "eval x --json --csv, mutually exclusive",
    "eval x --metric fid, --metric",
    "eval x --metric pi, --ma FILE",
    "upscale a.png --alpha 1.5, between 0",
    "upscale a.png --alpha NaN, between 0",
    "upscale a.png --alpha half, between 0",
    "upscale a.png -m a.pth --alpha 0.5, second -m",
    "upscale a.png -m a.pth -m b.pth, --alpha",
    "upscale a.png -m a.pth -m b.pth -m c.pth, 3 times",
    "eval x -m a.pth --alpha 0.5, esrgan interpolate",
    "eval x --bicubic --alpha 0.5, --bicubic",
    "eval x --bicubic --ensemble, --bicubic",
    "eval x --back-project 500, 0 to 100 times",
    "interpolate a.pth b.pth, either --alpha",
    "interpolate --alpha 0.5 --sweep a.png, either --alpha",
    "interpolate a.pth b.pth --alpha 0.5, needs -o",
    "interpolate a.pth --alpha 0.5 -o c.safetensors, name two",
    "interpolate a.pth b.pth --alpha 0.5 -o c.pth, must end in .safetensors",
    "interpolate a.pth b.pth --alpha 0.5 -o c.safetensors --csv, are for --sweep",
    "interpolate --sweep a.png --dtype float16, --dtype",
    "interpolate --sweep a.png --step 0.3, a step of 0.3",
    "interpolate --sweep a.png --crop 1_2_3, no rectangle",
    "interpolate --sweep a.png --crop 0_0, no rectangle",
    "interpolate --sweep . -o f.png, name pictures",
    "info, FILE",
    "info a b, one argument too many",
    "assets fetc, did you mean fetch",
    "assets fetch, NAME",
    "assets fetch vgg91, did you mean vgg19",
    "assets add niqe, FILE",
    "assets path, NAME"
  })
  void wrongUsageIsToldInOneLine(String arguments, String words) {
    CommandRun run = CommandRun.of((Object[]) arguments.split(" ")).fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains(words).contains("esrgan").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandRun.of().fails(ExitCode.WRONG_USAGE);
  }

  @Test
  void stackTracesComeWhenAskedFor() {
    CommandRun run = CommandRun.of("info", "missing.pth", "--debug");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("esrgan: ").contains("\tat io.esrgan.");
  }
}
