package io.esrgan.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the length of a header (64 bits, little-endian), the header in JSON
 * (name, dtype, shape and place of every weight), then the weights, back to back.
 *
 * <p>Read strictly, as the format demands: weights may not overlap, leave holes or reach beyond the
 * file. Written with the header in the order of the weights and the widest numbers first in the
 * file, so that every weight lies at a multiple of its width; equal weights in equal order give
 * equal bytes.
 */
final class Safetensors {
  /** The name under which the header keeps text instead of a weight. */
  private static final String METADATA = "__metadata__";

  private static final int PREFIX = 8; // bytes that hold the header's length

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // a file's names stay its own
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxNameLength(Limits.NAME)
                  .maxStringLength(Limits.HEADER)
                  .build())
          .build();

  private Safetensors() {}

  /** Whether the file's first bytes look like this format. */
  static boolean matches(Source source) throws WeightsException {
    return source.length() > PREFIX && source.window(PREFIX, 1).get() == '{';
  }

  static StateDict read(Source source) throws WeightsException {
    long length = source.window(0, PREFIX).getLong();
    if (length < 0 || length > Limits.HEADER) {
      throw source.fail(
          "a safetensors header of %s bytes is too long, the limit is %d"
              .formatted(Long.toUnsignedString(length), Limits.HEADER));
    }
    byte[] header = new byte[source.window(PREFIX, length).remaining()];
    source.window(PREFIX, length).get(header);
    try (JsonParser json = JSON.createParser(header)) {
      return new Header(source, json, PREFIX + (int) length).read();
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw source.fail("its safetensors header is not readable: %s".formatted(Quote.of(reason)));
    } catch (WeightsException e) {
      throw e;
    } catch (IOException e) {
      throw source.fail(
          "its safetensors header is not readable: %s".formatted(Quote.of(e.toString())));
    }
  }

  /** A weight and where it lies, counted from the end of the header. */
  private record Place(String name, long begin, long end, Weight weight) {}

  /** The header's entries, token by token, and then the weights that they describe. */
  private static final class Header {
    private final Source source;
    private final JsonParser json;
    private final int dataStart;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    Header(Source source, JsonParser json, int dataStart) {
      this.source = source;
      this.json = json;
      this.dataStart = dataStart;
    }

    StateDict read() throws IOException {
      expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
      boolean described = false;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (name.equals(METADATA) && !described) {
          readMetadata();
          described = true;
        } else if (name.equals(METADATA) || places.containsKey(name)) {
          throw source.fail("its safetensors header names %s twice".formatted(Quote.of(name)));
        } else if (places.size() == Limits.WEIGHTS) {
          throw source.fail("holds more than %d weights".formatted(Limits.WEIGHTS));
        } else {
          places.put(name, readPlace(name));
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT, "the header");
      if (json.nextToken() != null) {
        throw source.fail("its safetensors header goes on after its closing brace");
      }
      checkPlaces(source.length() - dataStart);
      Map<String, Weight> weights = new LinkedHashMap<>();
      places.forEach((name, place) -> weights.put(name, place.weight));
      return StateDict.of(weights, metadata);
    }

    private void readMetadata() throws IOException {
      expect(json.nextToken(), JsonToken.START_OBJECT, METADATA);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "." + key);
        if (metadata.put(key, json.getText()) != null) {
          throw source.fail("its safetensors metadata names %s twice".formatted(Quote.of(key)));
        }
      }
    }

    private Place readPlace(String name) throws IOException {
      Dtype dtype = null;
      long[] shape = null;
      long[] offsets = null;
      expect(json.nextToken(), JsonToken.START_OBJECT, name);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        boolean twice =
            switch (field) {
              case "dtype" -> dtype != null;
              case "shape" -> shape != null;
              case "data_offsets" -> offsets != null;
              default ->
                  throw source.fail(
                      "%s has an unknown field %s".formatted(Quote.of(name), Quote.of(field)));
            };
        if (twice) {
          throw source.fail("%s has two fields %s".formatted(Quote.of(name), Quote.of(field)));
        }
        switch (field) {
          case "dtype" -> dtype = readDtype(name);
          case "shape" -> shape = readNumbers(name, field);
          default -> offsets = readNumbers(name, field);
        }
      }
      if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
        throw source.fail(
            "%s needs the fields dtype, shape and data_offsets (begin and end)"
                .formatted(Quote.of(name)));
      }
      long size = Shapes.bytes(dtype, shape);
      if (size < 0 || offsets[1] - offsets[0] != size || offsets[1] > source.length()) {
        throw source.fail(
            "%s of shape %s and dtype %s does not fill the bytes %d to %d"
                .formatted(Quote.of(name), Weight.text(shape), dtype, offsets[0], offsets[1]));
      }
      ByteBuffer bytes = source.window(dataStart + offsets[0], size);
      return new Place(name, offsets[0], offsets[1], Weight.over(dtype, bytes, shape));
    }

    private Dtype readDtype(String name) throws IOException {
      expect(json.nextToken(), JsonToken.VALUE_STRING, name + ".dtype");
      String text = json.getText();
      for (Dtype dtype : Dtype.values()) {
        if (dtype.name().equals(text)) {
          return dtype;
        }
      }
      throw source.fail(
          "%s has dtype %s, which is not read; save it as F32"
              .formatted(Quote.of(name), Quote.of(text)));
    }

    private long[] readNumbers(String name, String field) throws IOException {
      expect(json.nextToken(), JsonToken.START_ARRAY, name + "." + field);
      List<Long> numbers = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < Limits.AXES) {
        long number =
            json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
        if (number < 0) {
          throw source.fail("%s has %s in its %s".formatted(Quote.of(name), json.getText(), field));
        }
        numbers.add(number);
      }
      expect(json.currentToken(), JsonToken.END_ARRAY, name + "." + field);
      return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private void checkPlaces(long available) throws WeightsException {
      List<Place> sorted = new ArrayList<>(places.values());
      sorted.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
      long end = 0;
      for (Place place : sorted) {
        if (place.begin != end) {
          throw source.fail(
              "%s starts at byte %d of the data, but the weight before it ends at %d"
                  .formatted(Quote.of(place.name), place.begin, end));
        }
        end = place.end;
      }
      if (end != available) {
        throw source.fail(
            ("its weights take %d bytes, but %d follow the header; it is damaged or cut off, so"
                    + " fetch it again")
                .formatted(end, available));
      }
    }

    private void expect(JsonToken found, JsonToken wanted, String where) throws WeightsException {
      if (found != wanted) {
        throw source.fail(
            "its safetensors header has %s where %s needs %s"
                .formatted(found, Quote.of(where), wanted));
      }
    }
  }

  /**
   * Writes what {@link #read} can read again.
   *
   * @throws IllegalArgumentException if a name or the header would be longer than a reader takes
   */
  static void write(StateDict dict, OutputStream out) throws IOException {
    List<Map.Entry<String, Weight>> byWidth = new ArrayList<>(dict.weights().entrySet());
    byWidth.sort(
        Comparator.comparingInt(entry -> -entry.getValue().dtype().bytes())); // a stable sort
    Map<String, Long> begins = new LinkedHashMap<>();
    long end = 0;
    for (Map.Entry<String, Weight> entry : byWidth) {
      begins.put(entry.getKey(), end);
      end += entry.getValue().bytes().remaining();
    }
    byte[] header = header(dict, begins);
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    out.write(prefix.putLong(header.length).array());
    out.write(header);
    WritableByteChannel channel = Channels.newChannel(out);
    for (Map.Entry<String, Weight> entry : byWidth) {
      channel.write(entry.getValue().bytes());
    }
  }

  private static byte[] header(StateDict dict, Map<String, Long> begins) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!dict.metadata().isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> line : dict.metadata().entrySet()) {
          json.writeStringField(line.getKey(), line.getValue());
        }
        json.writeEndObject();
      }
      for (Map.Entry<String, Weight> entry : dict.weights().entrySet()) {
        if (entry.getKey().equals(METADATA) || entry.getKey().length() > Limits.NAME) {
          throw new IllegalArgumentException(
              "a weight cannot be named " + Quote.plain(entry.getKey()));
        }
        long begin = begins.get(entry.getKey());
        Weight weight = entry.getValue();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", weight.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(weight.shape(), 0, weight.rank());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, begin + weight.bytes().remaining()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while (text.size() % PREFIX != 0) {
      text.write(' ');
    }
    if (text.size() > Limits.HEADER || dict.size() > Limits.WEIGHTS) {
      throw new IllegalArgumentException(
          "%d weights with a header of %d bytes are too many, the limits are %d and %d"
              .formatted(dict.size(), text.size(), Limits.WEIGHTS, Limits.HEADER));
    }
    return text.toByteArray();
  }
}
