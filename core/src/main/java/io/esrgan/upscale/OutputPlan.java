package io.esrgan.upscale;

import io.esrgan.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files will be made of which, decided before any work is done.
 *
 * <p>A result is named after its input, with {@code _x} and the scale behind: {@code photo.jpg}
 * gives {@code photo_x4.png}, or {@code photo_x2.5.png}. A folder stands for the pictures directly
 * in it, by their endings, in the order of their names; hidden ones are passed over, and so are its
 * earlier results: a picture {@code NAME_x4} where there is a picture {@code NAME} beside it. An
 * input that is named twice is taken once.
 *
 * <p>No result can take the place of another or of an input. Whether a result is there already is
 * not asked here; {@link Item#isTaken} is, before each picture.
 *
 * @param items what is to be done, in order
 * @param problems folders that gave nothing, a line each
 */
public record OutputPlan(List<Item> items, List<String> problems) {
  private static final Pattern RESULT = Pattern.compile("(.+)_x\\d+(\\.\\d+)?");

  /** One picture, and what its result is called. */
  public record Item(Path input, Path output) {

    /** Whether there is something of the result's name already. */
    public boolean isTaken() {
      return Files.exists(output, LinkOption.NOFOLLOW_LINKS);
    }
  }

  public OutputPlan {
    items = List.copyOf(items);
    problems = List.copyOf(problems);
  }

  /**
   * Plans.
   *
   * @param inputs pictures, which need not exist, and folders of pictures
   * @param scale how many times larger results are, from 1
   * @param ending of the results' names, unless the destination is one file: {@code png}
   * @throws OutputPlanException if two results would have one name, a result that of an input, or
   *     several inputs are to become one file
   */
  public static OutputPlan of(
      List<Path> inputs, Destination destination, double scale, String ending) {
    Map<Path, Path> pictures = new LinkedHashMap<>(); // by their place
    List<String> problems = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        try {
          List<Path> found = picturesIn(input);
          found.forEach(picture -> pictures.putIfAbsent(place(picture), picture));
          if (found.isEmpty()) {
            problems.add(nothingIn(input));
          }
        } catch (IOException e) {
          problems.add(e.getMessage());
        }
      } else {
        pictures.putIfAbsent(place(input), input);
      }
    }
    boolean folderGiven = inputs.stream().anyMatch(Files::isDirectory);
    if (destination instanceof Destination.OneFile one && (pictures.size() > 1 || folderGiven)) {
      throw new OutputPlanException(
          "several pictures cannot all become %s; name a folder instead: %s%s"
              .formatted(one.file(), Filename.of(one.file()).stem(), "/"));
    }
    List<Item> items =
        pictures.values().stream()
            .map(input -> new Item(input, output(input, destination, scale, ending)))
            .toList();
    requireApart(items);
    return new OutputPlan(items, problems);
  }

  private static Path output(Path input, Destination destination, double scale, String ending) {
    String name = Filename.of(input).stem() + "_x" + UpscaleOptions.digits(scale) + "." + ending;
    if (destination instanceof Destination.OneFile one) {
      return one.file();
    }
    if (destination instanceof Destination.Folder into) {
      return into.folder().resolve(name);
    }
    return input.resolveSibling(name);
  }

  private static void requireApart(List<Item> items) {
    Map<Path, Path> inputs = new HashMap<>();
    items.forEach(item -> inputs.put(place(item.input()), item.input()));
    Map<Path, Path> outputs = new HashMap<>();
    for (Item item : items) {
      Path place = place(item.output());
      Path input = inputs.get(place);
      if (input != null) {
        throw new OutputPlanException(
            input.equals(item.input())
                ? "%s would overwrite itself; choose another name with -o".formatted(input)
                : "the result of %s would overwrite the input %s; leave one of the two out, or choose"
                        .formatted(item.input(), input)
                    + " a folder for results with -o");
      }
      Path other = outputs.put(place, item.input());
      if (other != null) {
        throw new OutputPlanException(
            "%s and %s would both become %s; rename one, or upscale them one at a time with -o"
                .formatted(other, item.input(), item.output()));
      }
    }
  }

  private static List<Path> picturesIn(Path folder) throws IOException {
    List<Path> pictures = Images.in(folder);
    Set<String> stems = new HashSet<>();
    pictures.forEach(picture -> stems.add(Filename.of(picture).stem()));
    return pictures.stream().filter(picture -> !isResult(picture, stems)).toList();
  }

  private static boolean isResult(Path picture, Set<String> stems) {
    Matcher result = RESULT.matcher(Filename.of(picture).stem());
    return result.matches() && stems.contains(result.group(1));
  }

  private static String nothingIn(Path folder) {
    return "there are no pictures to upscale in the folder %s; name files, or a folder with %s in it"
        .formatted(folder, String.join(", ", Images.readableEndings()).toUpperCase(Locale.ROOT));
  }

  /** What two names have in common if they are of one file, though it may not be there yet. */
  private static Path place(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    if (folder == null) {
      return absolute;
    }
    try {
      return folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute;
    }
  }
}
