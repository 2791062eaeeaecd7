package io.esrgan.train;

import io.esrgan.text.Spelling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a recipe's text comes from: a file, or the recipes that come with the program.
 *
 * @param name what errors call it
 * @param text its YAML
 */
record RecipeSource(String name, String text) {
  /** The files of the folder {@code recipes} and of folders in it, in alphabetical order. */
  static final List<String> BUILT_IN =
      List.of(
          "compact-gan",
          "compact-psnr",
          "edsr",
          "edsr-baseline",
          "enhancenet-e",
          "enhancenet-pat",
          "equal/edsr",
          "equal/enhancenet-e",
          "equal/enhancenet-pat",
          "equal/esrgan",
          "equal/msrresnet",
          "equal/rcan",
          "equal/rrdb-psnr",
          "equal/srcnn",
          "equal/srgan",
          "equal/srresnet",
          "esrgan-basicsr",
          "esrgan-paper",
          "msrresnet",
          "rcan",
          "realesrgan",
          "realesrgan-small",
          "realesrnet",
          "realesrnet-small",
          "rrdb-psnr-basicsr",
          "rrdb-psnr-paper",
          "srcnn",
          "srcnn-mmagic",
          "srgan",
          "srresnet-mse");

  private static final String FOLDER = "/io/esrgan/recipes/";

  /**
   * Its values, and below them those of the recipe that it names as its base, whose own base may be
   * another.
   */
  RecipeValues values() throws IOException {
    return values(List.of(name));
  }

  private RecipeValues values(List<String> trail) throws IOException {
    RecipeValues values = RecipeYaml.read(text, name);
    if (values.has(RecipeKeys.BASE)) {
      RecipeSource base = base(values.text(RecipeKeys.BASE));
      List<String> longer = Stream.concat(trail.stream(), Stream.of(base.name())).toList();
      if (trail.contains(base.name())) {
        throw values.wrong(
            RecipeKeys.BASE, "recipes are based on each other: " + String.join(", ", longer));
      }
      values.inherit(base.values(longer));
    }
    return values;
  }

  /** A built-in recipe, or a file beside this one. */
  private RecipeSource base(String nameOrFile) throws IOException {
    Path beside = path(name).resolveSibling(path(nameOrFile));
    return find(BUILT_IN.contains(nameOrFile) ? nameOrFile : beside.toString());
  }

  /** A name is a built-in recipe; whatever looks like a path is a file. */
  static RecipeSource find(String nameOrFile) throws IOException {
    if (BUILT_IN.contains(nameOrFile)) {
      return new RecipeSource("recipe " + nameOrFile, builtIn(nameOrFile));
    }
    Path file = path(nameOrFile);
    if (Files.isRegularFile(file)) {
      return new RecipeSource(nameOrFile, file(file));
    }
    Optional<String> meant = Spelling.nearest(nameOrFile, BUILT_IN);
    boolean named = nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
    if (named || (meant.isEmpty() && file.getNameCount() > 1)) {
      throw new RecipeException("there is no recipe file " + file.toAbsolutePath());
    }
    String remedy =
        meant
            .map("did you mean %s?"::formatted)
            .orElse("name a YAML file or one of " + String.join(", ", BUILT_IN));
    throw new RecipeException("there is no recipe %s; %s".formatted(nameOrFile, remedy));
  }

  private static Path path(String text) throws RecipeException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new RecipeException("\"" + text + "\" is no path of a recipe: " + e.getReason(), e);
    }
  }

  private static String file(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text; // Windows' mark of UTF-8
    } catch (CharacterCodingException e) {
      throw new RecipeException(file + " is not UTF-8 text, so it is no recipe", e);
    }
  }

  private static String builtIn(String name) throws IOException {
    try (InputStream in = RecipeSource.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (in == null) {
        throw new FileNotFoundException(
            "the recipe %s is missing from the program: it was not packed whole".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
