package io.esrgan.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints dotted names as a tree, so that hundreds of names that miss for one reason fit on a
 * screen: a row of branches that look alike is printed once.
 */
final class KeyTree {
  private static final int MOST_NAMES = 2000;
  private static final int MOST_LINES = 30;
  private static final int DEEPEST = 8;

  private final Map<String, KeyTree> branches = new LinkedHashMap<>();
  private String note = "";

  private KeyTree() {}

  /** A heading and the names under it, each with a note that may be empty; nothing for no names. */
  static String of(String heading, Map<String, String> notes) {
    if (notes.isEmpty()) {
      return "";
    }
    KeyTree root = new KeyTree();
    notes.entrySet().stream()
        .limit(MOST_NAMES)
        .forEach(entry -> root.add(entry.getKey(), entry.getValue()));
    List<String> lines = new ArrayList<>();
    lines.add("%s (%d)".formatted(heading, notes.size()));
    List<String> tree = root.lines();
    tree.stream().limit(MOST_LINES).map(line -> "  " + line).forEach(lines::add);
    if (tree.size() > MOST_LINES) {
      lines.add("  and %d more lines".formatted(tree.size() - MOST_LINES));
    }
    if (notes.size() > MOST_NAMES) {
      lines.add("  and %d more names".formatted(notes.size() - MOST_NAMES));
    }
    return String.join("\n", lines) + "\n";
  }

  private void add(String name, String why) {
    KeyTree at = this;
    for (String part : name.split("\\.", DEEPEST)) {
      at = at.branches.computeIfAbsent(Quote.plain(part), unused -> new KeyTree());
    }
    at.note = why;
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    String first = null;
    String last = null;
    List<String> alike = List.of();
    for (Map.Entry<String, KeyTree> branch : branches.entrySet()) {
      List<String> below = branch.getValue().below();
      if (first != null && below.equals(alike)) {
        last = branch.getKey();
        continue;
      }
      print(lines, first, last, alike);
      first = branch.getKey();
      last = first;
      alike = below;
    }
    print(lines, first, last, alike);
    return lines;
  }

  /** What follows this branch's own name: the rest of its line, and the lines under it. */
  private List<String> below() {
    List<String> below = new ArrayList<>();
    if (branches.isEmpty()) {
      below.add(note);
    } else if (branches.values().stream()
        .allMatch(leaf -> leaf.branches.isEmpty() && leaf.note.isEmpty())) {
      below.add(": " + String.join(", ", branches.keySet()));
    } else if (branches.size() == 1) {
      List<String> only = lines();
      below.add("." + only.get(0));
      below.addAll(only.subList(1, only.size()));
    } else {
      below.add(note);
      lines().forEach(line -> below.add("  " + line));
    }
    return below;
  }

  private static void print(List<String> lines, String first, String last, List<String> below) {
    if (first == null) {
      return;
    }
    String name = first.equals(last) ? first : first + " … " + last;
    lines.add(name + below.get(0));
    lines.addAll(below.subList(1, below.size()));
  }
}
