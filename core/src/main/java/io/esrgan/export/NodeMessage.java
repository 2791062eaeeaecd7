package io.esrgan.export;

/** ONNX's NodeProto: one operator, what it reads, what it writes, its attributes. */
final class NodeMessage {
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int NAME = 3;
  private static final int OPERATOR = 4;
  private static final int ATTRIBUTE = 5;

  private static final int ATTRIBUTE_NAME = 1;
  private static final int FRACTION = 2;
  private static final int NUMBER = 3;
  private static final int TEXT = 4;
  private static final int NUMBERS = 8;
  private static final int TYPE = 20;

  private static final int TYPE_FRACTION = 1;
  private static final int TYPE_NUMBER = 2;
  private static final int TYPE_TEXT = 3;
  private static final int TYPE_NUMBERS = 7;

  private final Message message = new Message();

  /**
   * An operator without attributes.
   *
   * @param name of the node; it needs no other's
   * @param output the value that it writes
   * @param inputs the values that it reads; empty where an optional one is left out
   */
  NodeMessage(String operator, String name, String output, String... inputs) {
    for (String input : inputs) {
      message.text(INPUT, input);
    }
    message.text(OUTPUT, output).text(NAME, name).text(OPERATOR, operator);
  }

  NodeMessage with(String attribute, float value) {
    return with(attribute, TYPE_FRACTION, new Message().fraction(FRACTION, value));
  }

  NodeMessage with(String attribute, int value) {
    return with(attribute, TYPE_NUMBER, new Message().number(NUMBER, value));
  }

  NodeMessage with(String attribute, String value) {
    return with(attribute, TYPE_TEXT, new Message().text(TEXT, value));
  }

  NodeMessage with(String attribute, int[] values) {
    Message numbers = new Message();
    for (int value : values) {
      numbers.number(NUMBERS, value);
    }
    return with(attribute, TYPE_NUMBERS, numbers);
  }

  private NodeMessage with(String attribute, int type, Message value) {
    message.message(ATTRIBUTE, value.text(ATTRIBUTE_NAME, attribute).number(TYPE, type));
    return this;
  }

  Message message() {
    return message;
  }
}
