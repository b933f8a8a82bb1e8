package dev.irqledger.recordings;

import static dev.irqledger.core.device.IrqSetFlags.DATA_BOOL;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import java.util.StringJoiner;

/** The DATA of an operation's text form. No text stands for no element. */
final class OpData {
  private OpData() {}

  static IrqSetData bools(String text) throws MalformedLineException {
    String[] words = words(text);
    byte[] values = new byte[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = (byte) NumberText.between("DATA of bool", words[i], 0, 1);
    }
    return new IrqSetData.Bools(values);
  }

  static IrqSetData eventfds(String text) throws MalformedLineException {
    String[] words = words(text);
    int[] fds = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      fds[i] = descriptor(words[i]);
    }
    return new IrqSetData.Eventfds(fds);
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(",", -1);
  }

  private static int descriptor(String word) throws MalformedLineException {
    return switch (word) {
      case "-1" -> Eventfd.NONE;
      case "b" -> OpScript.CLOSED_FD;
      case "s" -> OpScript.NOT_AN_EVENTFD;
      default -> {
        if (!word.startsWith("e")) {
          throw new MalformedLineException(
              "DATA of eventfd: expected e0 to e63, -1, b or s, not '"
                  + BadLine.shortened(word)
                  + "'");
        }
        yield eventfd(word);
      }
    };
  }

  /** The number K of the word {@code eK}. */
  static int eventfd(String word) throws MalformedLineException {
    String number = word.startsWith("e") ? word.substring(1) : "";
    return (int) NumberText.between("an eventfd's number", number, 0, OpScript.EVENTFDS - 1L);
  }

  /** The word for a call's data type, which must agree with the data it carries. */
  static String type(SetIrqs call) {
    return switch (call.data()) {
      case IrqSetData.NoData _ when call.dataIs(DATA_NONE) -> "none";
      case IrqSetData.Bools _ when call.dataIs(DATA_BOOL) -> "bool";
      case IrqSetData.Eventfds _ when call.dataIs(DATA_EVENTFD) -> "eventfd";
      case IrqSetData.NoData _, IrqSetData.Bools _, IrqSetData.Eventfds _ ->
          throw new IllegalArgumentException("flags and data disagree: " + call);
    };
  }

  static String format(IrqSetData data) {
    StringJoiner words = new StringJoiner(",");
    switch (data) {
      case IrqSetData.NoData _ -> {}
      case IrqSetData.Bools bools -> {
        for (int i = 0; i < bools.length(); i++) {
          words.add(bools.at(i) ? "1" : "0");
        }
      }
      case IrqSetData.Eventfds fds -> {
        for (int i = 0; i < fds.length(); i++) {
          words.add(word(fds.at(i)));
        }
      }
    }
    return words.toString();
  }

  private static String word(int fd) {
    if (fd >= 0 && fd < OpScript.EVENTFDS) {
      return "e" + fd;
    }
    return switch (fd) {
      case Eventfd.NONE -> "-1";
      case OpScript.CLOSED_FD -> "b";
      case OpScript.NOT_AN_EVENTFD -> "s";
      default -> throw new IllegalArgumentException("a descriptor with no text form: " + fd);
    };
  }
}
