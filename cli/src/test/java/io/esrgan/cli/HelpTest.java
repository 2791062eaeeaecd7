package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @Test
  void namesEveryCommandAndExitCode() {
    CommandRun run = CommandRun.of("--help").succeeds();
    assertThat(run.out())
        .contains(
            "upscale", "train", "eval", "info", "convert", "assets", "Exit codes", "done in part");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upscale", "train", "eval", "info", "convert", "assets"})
  void everyCommandHasHelpWithAnExample(String command) {
    CommandRun run = CommandRun.of(command, "--help").succeeds();
    assertThat(run.out()).startsWith("Usage: esrgan " + command).contains("Example", "Exit codes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upscale", "eval"})
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
    "upscale --forse a.png, did you mean --format or --force",
    "upscale, Missing required parameter: 'INPUT'",
    "upscale a.png --precision half, --precision",
    "upscale a.png --device gpu, --device",
    "upscale a.png --memory lots, no size",
    "upscale a.png --memory 100, between a megabyte",
    "upscale a.png --format webp, png",
    "upscale a.png -o b.png --format png, --format",
    "upscale a.png -o c.txt, says no format",
    "convert a.pth, --output",
    "convert a.pth -o b.pth, must end in .safetensors",
    "train, name a recipe",
    "train compact-psnr --set steps, --set",
    "eval, DATASET",
    "eval x --json --csv, mutually exclusive",
    "eval x --metric lpips, --metric",
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
