package io.esrgan.weights;

import static io.esrgan.weights.PickleWriter.pickle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostilePickleTest {
  private static final long[] TWO_BY_THREE = {2, 3};
  private static final long[] ROWS = {3, 1};

  @Test
  void aRightFileIsRead() throws WeightsException {
    assertThat(read(PickleWriter.dictionary(6, 0, TWO_BY_THREE, ROWS)).get("w").floats())
        .containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource({"os, system", "builtins, eval", "posix, system", "numpy, load", "torch, load"})
  void whatCouldActIsNeverLookedUp(String module, String name) {
    refused(
        pickle()
            .global(module, name)
            .text("rm -rf /")
            .op(Opcode.TUPLE1)
            .op(Opcode.REDUCE)
            .op(Opcode.STOP),
        ("asks for the Python object \"%s.%s\", which is never loaded, as only weights are read; if"
                + " you trust the file, load it in Python and save model.state_dict() alone")
            .formatted(module, name));
  }

  @Test
  void aNameOfManyLinesStaysOnOne() {
    refused(
        pickle().text("o\ns").text("sys\u2028tem").op(Opcode.STACK_GLOBAL).op(Opcode.STOP),
        "asks for the Python object \"o\\u000as.sys\\u2028tem\", which is never loaded, as only"
            + " weights are read; if you trust the file, load it in Python and save"
            + " model.state_dict() alone");
  }

  @Test
  void protocolsThatTorchDoesNotWriteAreRefused() {
    broken(new PickleWriter().op(Opcode.PROTO, 255), "protocol 255, not 2 to 4");
    broken(new PickleWriter().op(Opcode.PROTO, 1), "protocol 1, not 2 to 4");
    broken(pickle().op('I', '1', '\n'), "the instruction 0x49, which torch.save does not write");
    broken(pickle().op(0x82, 1), "the instruction 0x82, which torch.save does not write");
  }

  @Test
  void announcedLengthsAreHeldAgainstTheFile() {
    broken(pickle().op4(Opcode.LONG4, -1), "a number of 4294967295 bytes");
    broken(pickle().op4(Opcode.LONG4, 1 << 30), "a number of 1073741824 bytes");
    String left = " bytes announced where 0 are left; it is damaged or cut off, so fetch it again";
    broken(pickle().op4(Opcode.BINUNICODE, -1), "4294967295" + left);
    broken(pickle().op8(Opcode.BINUNICODE8, -1), "18446744073709551615" + left);
    broken(pickle().op4(Opcode.BINSTRING, -2), "18446744073709551614" + left);
    broken(pickle().op8(Opcode.BINBYTES8, Long.MAX_VALUE), Long.MAX_VALUE + left);
    broken(pickle().op8(Opcode.FRAME, 1L << 40), "a frame of 1099511627776 bytes where 0 are left");
    broken(pickle(), "1" + left);
    broken(pickle().op(Opcode.GLOBAL, 'o', 's'), "a name that never ends");
  }

  @Test
  void aMemoNumberOutOfTheAirIsRefused() {
    broken(
        pickle().op(Opcode.NONE).op4(Opcode.LONG_BINPUT, Integer.MAX_VALUE),
        "memo number 2147483647, which cannot have been reached");
    broken(
        pickle().op(Opcode.NONE).op4(Opcode.LONG_BINPUT, -1),
        "memo number 4294967295, which cannot have been reached");
    broken(pickle().op(Opcode.BINGET, 3), "memo number 3, which was never set");
  }

  @Test
  void anInstructionNeedsSomethingToWorkOn() {
    String nothing = "an instruction that finds nothing to work on";
    broken(pickle().op(Opcode.STOP), nothing);
    broken(pickle().op(Opcode.POP), nothing);
    broken(pickle().op(Opcode.DUP), nothing);
    broken(pickle().op(Opcode.REDUCE), nothing);
    broken(pickle().op(Opcode.NONE).op(Opcode.MARK).op(Opcode.TUPLE1), nothing);
    broken(pickle().op(Opcode.TUPLE), "the end of a group that has no start");
    broken(
        pickle().op(Opcode.EMPTY_TUPLE).op(Opcode.NONE).op(Opcode.APPEND),
        "an item appended to what is no list");
    broken(
        pickle().op(Opcode.EMPTY_LIST).op(Opcode.NONE).op(Opcode.NONE).op(Opcode.SETITEM),
        "entries put into what is no dictionary");
    broken(
        pickle().op(Opcode.EMPTY_DICT).op(Opcode.MARK).op(Opcode.NONE).op(Opcode.SETITEMS),
        "entries put into what is no dictionary");
    broken(
        pickle().op(Opcode.NONE).op(Opcode.EMPTY_TUPLE).op(Opcode.REDUCE),
        "a call of what cannot be called");
    broken(
        pickle().global("torch", "Size").op(Opcode.EMPTY_TUPLE).op(Opcode.REDUCE),
        "\"torch.Size\" called with what it does not take");
    broken(
        pickle().global("torch", "FloatStorage").op(Opcode.EMPTY_TUPLE).op(Opcode.REDUCE),
        "\"torch.FloatStorage\" called with what it does not take");
    broken(
        pickle().op(Opcode.BININT1, 7).op(Opcode.NONE).op(Opcode.BUILD), "state for what has none");
    broken(
        pickle().text("storage").op(Opcode.BINPERSID),
        "a reference to something outside it that is no storage of numbers");
  }

  @Test
  void aKeyThatCouldContainItselfIsRefused() {
    broken(
        pickle().op(Opcode.EMPTY_DICT).op(Opcode.EMPTY_LIST).op(Opcode.NONE).op(Opcode.SETITEM),
        "a dictionary key that is neither text nor a number");
  }

  @Test
  void aDictionaryThatContainsItselfEndsTheSearch() {
    refused(
        pickle()
            .op(Opcode.EMPTY_DICT)
            .op(Opcode.BINPUT, 0)
            .text("model")
            .op(Opcode.BINGET, 0)
            .op(Opcode.SETITEM)
            .op(Opcode.STOP),
        "holds no weights, only \"model\"; name the file of a model");
  }

  @Test
  void listsOfTheSameListDoNotGrowWithoutEnd() {
    PickleWriter laugh = pickle().op(Opcode.EMPTY_DICT).text("x").op(Opcode.EMPTY_LIST);
    for (int i = 0; i < 64; i++) {
      laugh.op(Opcode.BINPUT, i).op(Opcode.POP).op(Opcode.EMPTY_LIST).op(Opcode.MARK);
      for (int j = 0; j < 10; j++) {
        laugh.op(Opcode.BINGET, i);
      }
      laugh.op(Opcode.APPENDS);
    }
    refused(
        laugh.op(Opcode.SETITEM).text("y").op(Opcode.NONE).op(Opcode.SETITEM).op(Opcode.STOP),
        "holds more than 100000 values, among which no weights are found; save model.state_dict()"
            + " alone");
  }

  @Test
  void nestingVeryDeepOverflowsNothing() {
    PickleWriter deep = pickle().op(Opcode.NONE);
    for (int i = 0; i < 200_000; i++) {
      deep.op(Opcode.TUPLE1);
    }
    refused(
        deep.op(Opcode.STOP), "holds a list, not a dictionary of weights; save model.state_dict()");
  }

  @Test
  void aPickleThatNeverEndsIsStopped() {
    PickleWriter endless = pickle();
    for (int i = 0; i < 600_000; i++) {
      endless.op(Opcode.EMPTY_DICT);
    }
    refused(
        endless.op(Opcode.STOP),
        "its pickle would take more than 32 MB; weights need far less, so save model.state_dict()"
            + " alone");
  }

  @Test
  void copyingADictionaryAgainAndAgainIsStopped() {
    PickleWriter copies = pickle().op(Opcode.EMPTY_DICT).op(Opcode.BINPUT, 0).op(Opcode.MARK);
    for (int i = 0; i < 20_000; i++) {
      copies.number(i).op(Opcode.NONE);
    }
    copies.op(Opcode.SETITEMS);
    for (int i = 0; i < 10_000; i++) {
      copies
          .global("collections", "OrderedDict")
          .op(Opcode.BINGET, 0)
          .op(Opcode.TUPLE1)
          .op(Opcode.REDUCE)
          .op(Opcode.POP);
    }
    refused(
        copies.op(Opcode.STOP),
        "its pickle would take more than 32 MB; weights need far less, so save model.state_dict()"
            + " alone");
  }

  @ParameterizedTest
  @CsvSource({
    // numbers in the storage, offset, sizes, strides
    "6, 1, 2, 3, 3, 1",
    "6, -1, 2, 3, 3, 1",
    "6, 0, 2, 3, 4, 1",
    "6, 0, 2, 3, -3, 1",
    "6, 0, -2, 3, 3, 1",
    "6, 0, 0, -3, 3, 1",
    "6, 9223372036854775807, 2, 3, 3, 1",
    "6, 0, 2, 9223372036854775807, 3, 9223372036854775807",
    "6, 0, 4611686018427387904, 4611686018427387904, 0, 0"
  })
  void aViewOutsideItsStorageIsRefused(
      long numbers, long offset, long height, long width, long down, long right) {
    refusedView(
        PickleWriter.dictionary(
            numbers, offset, new long[] {height, width}, new long[] {down, right}),
        "\"w\" of shape %dx%d reaches outside its storage of 6 numbers".formatted(height, width));
  }

  @Test
  void aNumberShownBillionsOfTimesIsRefused() {
    refusedView(
        PickleWriter.dictionary(6, 0, new long[] {1 << 20, 1 << 10}, new long[] {0, 0}),
        "\"w\" shows the same numbers so often that it would take 4294967296 bytes; save it"
            + " contiguous");
  }

  @Test
  void aViewWithNothingInItIsRead() throws WeightsException {
    StateDict dict =
        read(
            PickleWriter.dictionary(
                6, 99, new long[] {1L << 60, 1L << 60, 0}, new long[] {1L << 60, 9, 1}));
    assertThat(dict.get("w").size()).isZero();
  }

  @Test
  void aStorageThatIsNotAsLongAsItsTensorsSayIsRefused() {
    refusedView(
        PickleWriter.dictionary(7, 0, TWO_BY_THREE, ROWS),
        "the storage \"0\" has 6 numbers, but its tensors need 7; it is damaged, so fetch it"
            + " again");
  }

  @Test
  void aStorageOfTwoTypesIsRefused() {
    broken(
        pickle()
            .op(Opcode.MARK)
            .append(new PickleWriter().storage("FloatStorage", "0", 6))
            .append(new PickleWriter().storage("LongStorage", "0", 6)),
        "the storage \"0\" as 6 F32 and as 6 I64");
  }

  @Test
  void aPartOfAStorageIsReadAsOldFilesWroteIt() throws WeightsException {
    PickleWriter part =
        new PickleWriter()
            .op(Opcode.MARK)
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .number(6)
            .op(Opcode.MARK)
            .text("1")
            .number(2)
            .number(3)
            .op(Opcode.TUPLE)
            .op(Opcode.TUPLE)
            .op(Opcode.BINPERSID);
    StateDict dict =
        read(
            pickle()
                .op(Opcode.EMPTY_DICT)
                .text("w")
                .tensor(part, 1, new long[] {2}, new long[] {1})
                .op(Opcode.SETITEM)
                .op(Opcode.STOP));
    assertThat(dict.get("w").floats()).containsExactly(3, 4);
  }

  @Test
  void numbersOfEverySizeAreRead() throws WeightsException {
    byte[] bytes =
        pickle()
            .op(Opcode.MARK)
            .op(Opcode.LONG1, 0)
            .op(Opcode.LONG1, 1, 0xff)
            .op(Opcode.LONG1, 2, 0xff, 0)
            .op4(Opcode.BININT, -5)
            .op(Opcode.BININT2, 0xff, 0xff)
            .op(Opcode.BINFLOAT, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)
            .op(Opcode.TUPLE)
            .op(Opcode.STOP)
            .bytes();
    Source source = new Source("x", bytes);
    assertThat(new Pickle(source, source.window(0, bytes.length)).load())
        .isEqualTo(List.of(0L, -1L, 255L, -5L, 65535L, 1.5));
  }

  @Test
  void aPickleOfSomethingElseIsNotTakenForWeights() {
    byte[] bytes = pickle().op(Opcode.EMPTY_DICT).op(Opcode.STOP).bytes();
    assertThatThrownBy(() -> WeightFile.of(new Source("x.pth", bytes)))
        .hasMessage(
            "x.pth: is a Python pickle, but not one that torch.save wrote; save it with"
                + " torch.save");
  }

  /** The object in a file with one storage of six numbers. */
  private static StateDict read(PickleWriter object) throws WeightsException {
    byte[] file = PickleWriter.legacy(object, new float[] {0, 1, 2, 3, 4, 5});
    return WeightFile.of(new Source("x.pth", file)).weights();
  }

  private static void refusedView(PickleWriter object, String message) {
    assertThatThrownBy(() -> read(object))
        .isInstanceOf(WeightsException.class)
        .hasMessage("x.pth: " + message);
  }

  private static void refused(PickleWriter object, String message) {
    assertThatThrownBy(() -> WeightFile.of(new Source("x.pth", PickleWriter.legacy(object))))
        .isInstanceOf(WeightsException.class)
        .hasMessage("x.pth: " + message);
  }

  private static void broken(PickleWriter pickle, String found) {
    Source source = new Source("x", pickle.bytes());
    assertThatThrownBy(() -> new Pickle(source, source.window(0, source.length())).load())
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("x: its pickle holds " + found + " (at byte ");
  }
}
