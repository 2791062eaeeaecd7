package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @Property(tries = 300)
  void whatIsWrittenReadsBackTheSame(
      @ForAll @Size(max = 12) Map<String, Dtype> types, @ForAll Map<String, String> metadata)
      throws IOException {
    Map<String, Weight> weights = new LinkedHashMap<>();
    types.forEach(
        (name, dtype) -> {
          if (!name.equals("__metadata__") && encodable(name)) {
            long extent = name.length() % 4;
            byte[] bytes = new byte[(int) (3 * extent * dtype.bytes())];
            Arrays.fill(bytes, (byte) name.hashCode());
            weights.put(name, Weight.of(dtype, ByteBuffer.wrap(bytes), 3, extent));
          }
        });
    metadata.keySet().removeIf(key -> !encodable(key) || !encodable(metadata.get(key)));
    StateDict dict = StateDict.of(weights, metadata);
    byte[] file = write(dict);
    StateDict read = Safetensors.read(new Source("x", file));
    assertThat(read).isEqualTo(dict);
    assertThat(read.names()).containsExactlyElementsOf(dict.names());
    assertThat(write(read)).isEqualTo(file);
    assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
  }

  @Test
  void theBytesAreTheFormats() throws IOException {
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put("flag", Weight.of(Dtype.U8, ByteBuffer.wrap(new byte[] {7})));
    weights.put("w", Weight.of(new float[] {1, -2}, 2));
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\"},"
            + "\"flag\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[8,9]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    byte[] file = write(StateDict.of(weights, Map.of("b", "2", "a", "1")));
    int length = (header.length() + 7) / 8 * 8;
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong()).isEqualTo(length);
    assertThat(new String(file, 8, length, UTF_8).strip()).isEqualTo(header);
    assertThat(bytes.getFloat(8 + length)).isEqualTo(1);
    assertThat(bytes.getFloat(12 + length)).isEqualTo(-2);
    assertThat(file[16 + length]).isEqualTo((byte) 7);
    assertThat(file).hasSize(17 + length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F8','shape':[2],'data_offsets':[0,8]}}"
            + "|\"a\" has dtype \"F8\", which is not read; save it as F32",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}"
            + "|\"a\" of shape 3 and dtype F32 does not fill the bytes 0 to 8",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}"
            + "|\"a\" of shape 4611686018427387904x4 and dtype F32 does not fill the bytes 0 to 0",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,0]}}"
            + "|\"a\" has 99999999999999999999 in its shape",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,0]}}|\"a\" has -1 in its shape",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}"
            + "|\"a\" of shape 2 and dtype F32 does not fill the bytes 8 to 0",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
            + "|\"a\" starts at byte 4 of the data, but the weight before it ends at 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|\"b\""
            + " starts at byte 4 of the data, but the weight before it ends at 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}"
            + "|its weights take 4 bytes, but 8 follow the header; it is damaged or cut off, so"
            + " fetch it again",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|its"
            + " safetensors header names \"a\" twice",
        "{'a':{'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]}}"
            + "|\"a\" has two fields \"shape\"",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}"
            + "|\"a\" has an unknown field \"x\"",
        "{'a':{'dtype':'F32','shape':[2]}}"
            + "|\"a\" needs the fields dtype, shape and data_offsets (begin and end)",
        "{'a':[[[[[[[[]]]]]]]]}|its safetensors header has START_ARRAY where \"a\" needs"
            + " START_OBJECT",
        "{'__metadata__':{'a':1}}|its safetensors header has VALUE_NUMBER_INT where"
            + " \"__metadata__.a\" needs VALUE_STRING",
        "{'__metadata__':{},'__metadata__':{}}"
            + "|its safetensors header names \"__metadata__\" twice",
        "{} {}|its safetensors header goes on after its closing brace"
      })
  void whatTheFormatForbidsIsRefused(String header, String message) {
    assertThatThrownBy(() -> read(header.replace('\'', '"'), 8))
        .isInstanceOf(WeightsException.class)
        .hasMessage("x: " + message);
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() {
    byte[] file = {1, 1, 0, 0, 0, 0, 0, 0, '{', '}'};
    assertThatThrownBy(() -> Safetensors.read(new Source("x", file)))
        .hasMessage(
            "x: it announces 257 bytes at 8, but is only 10 long; it is damaged or cut off, so"
                + " fetch it again");
    file[7] = (byte) 0x80;
    assertThatThrownBy(() -> Safetensors.read(new Source("x", file)))
        .hasMessage(
            "x: a safetensors header of 9223372036854776065 bytes is too long, the limit is"
                + " 8388608");
  }

  @Test
  void brokenJsonIsRefusedOnOneLine() {
    for (String header :
        new String[] {
          "{\"a\":\n",
          "{\"a\u0000",
          "{'a'",
          "{\"a\":{\"dtype\":\"\\ud800",
          "{\"a\":{\"shape\":" + "[".repeat(9)
        }) {
      assertThatThrownBy(() -> read(header, 0))
          .isInstanceOf(WeightsException.class)
          .hasMessageStartingWith("x: its safetensors header ")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void aWeightThatIsNamedAsTheMetadataCannotBeWritten() {
    StateDict dict = StateDict.of(Map.of("__metadata__", Weight.of(new float[1])));
    assertThatThrownBy(() -> write(dict))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a weight cannot be named __metadata__");
  }

  private static boolean encodable(String text) {
    return UTF_8.newEncoder().canEncode(text) && text.length() <= Limits.NAME;
  }

  private static byte[] write(StateDict dict) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(dict, out);
    return out.toByteArray();
  }

  private static StateDict read(String header, int dataLength) throws IOException {
    byte[] text = header.getBytes(UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + dataLength);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    return Safetensors.read(new Source("x", file.array()));
  }
}
