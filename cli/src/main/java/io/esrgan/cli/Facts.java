package io.esrgan.cli;

import java.util.ArrayList;
import java.util.List;

/** Named facts, printed one below the other with their values aligned. */
final class Facts {
  private record Fact(String name, String value) {}

  private final List<Fact> facts = new ArrayList<>();

  void add(String name, String value) {
    facts.add(new Fact(name, value));
  }

  List<String> lines() {
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    return facts.stream()
        .map(fact -> fact.name() + " ".repeat(width + 2 - fact.name().length()) + fact.value())
        .toList();
  }
}
