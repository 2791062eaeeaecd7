package io.esrgan.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.esrgan.weights.WeightKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The assets that the project knows, from {@code catalogue.yaml} beside this class. */
final class Catalogue {
  static final List<Asset> STANDARD = read();

  private Catalogue() {}

  private static List<Asset> read() {
    try (InputStream yaml = Catalogue.class.getResourceAsStream("catalogue.yaml")) {
      List<Asset> assets = new ArrayList<>();
      new YAMLMapper().readTree(yaml).forEach(entry -> assets.add(asset(entry)));
      return List.copyOf(assets);
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue of assets cannot be read", e);
    }
  }

  private static Asset asset(JsonNode entry) {
    JsonNode size = entry.path("size");
    return new Asset(
        entry.path("name").asText(),
        entry.path("file").asText(),
        entry.path("for").asText(),
        entry.path("licence").asText(),
        text(entry, "address").map(URI::create),
        entry.path("origin").asText(),
        text(entry, "sha256").map(Checksum::new).orElse(Checksum.UNKNOWN),
        size.isIntegralNumber() ? OptionalLong.of(size.asLong()) : OptionalLong.empty(),
        text(entry, "holds").map(WeightKind::valueOf));
  }

  private static Optional<String> text(JsonNode entry, String key) {
    return entry.hasNonNull(key) ? Optional.of(entry.get(key).asText()) : Optional.empty();
  }
}
