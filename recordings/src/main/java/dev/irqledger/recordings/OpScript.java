package dev.irqledger.recordings;

import static dev.irqledger.core.device.IrqSetFlags.ACTION_MASK;
import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.ACTION_UNMASK;
import static dev.irqledger.core.device.IrqSetFlags.DATA_BOOL;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;

import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text form of one operation:
 *
 * <pre>{@code
 * open
 * close
 * reset
 * set INDEX START COUNT none|bool|eventfd trigger|mask|unmask [DATA]
 * }</pre>
 *
 * <p>INDEX, START and COUNT are unsigned 32-bit numbers and are sent as they stand, also where the
 * kernel must refuse them; so is DATA, whose length need not be COUNT. DATA is a list with commas:
 * of {@code 0} and {@code 1} for bool; for eventfd of {@code eK} (the caller's eventfd number K, 0
 * to 63), {@code -1} (no trigger), {@code b} (a descriptor that is closed) and {@code s} (an open
 * descriptor that is no eventfd).
 */
public final class OpScript {
  /** How many eventfds a script can name: {@code e0} to {@code e63}. */
  public static final int EVENTFDS = 64;

  /**
   * Stands for {@code b} in a call's data. It is far above the descriptors that a process is
   * allowed by default, so that it is closed for whoever sends it as it stands, and it is none of
   * the eventfds' numbers.
   */
  public static final int CLOSED_FD = 1_000_000;

  /**
   * Stands for {@code s} in a call's data. Whoever makes the call replaces it by a descriptor of
   * theirs that is open and no eventfd.
   */
  public static final int NOT_AN_EVENTFD = 1_000_001;

  private static final String GRAMMAR =
      "expected open, close, reset, or set INDEX START COUNT none|bool|eventfd"
          + " trigger|mask|unmask DATA";
  private static final Pattern BLANK = Pattern.compile("[ \\t]+");

  private OpScript() {}

  /**
   * Reads one operation.
   *
   * @throws IllegalArgumentException if the text is none; the message says what was expected
   */
  public static Op parse(String text) {
    try {
      return read(text);
    } catch (MalformedLineException e) {
      throw new IllegalArgumentException(e.reason());
    }
  }

  static Op read(String text) throws MalformedLineException {
    List<String> words = List.of(BLANK.split(text.strip(), -1));
    if (words.getFirst().equals("set")) {
      return new Op.Set(set(words));
    }
    if (words.size() > 1) {
      throw new MalformedLineException(GRAMMAR);
    }
    return switch (words.getFirst()) {
      case "open" -> new Op.Open();
      case "close" -> new Op.Close();
      case "reset" -> new Op.Reset();
      default -> throw new MalformedLineException(GRAMMAR);
    };
  }

  /**
   * Writes an operation so that {@link #parse} gives it back.
   *
   * @throws IllegalArgumentException if it is a set whose flags or descriptors have no text form
   */
  public static String format(Op op) {
    return switch (op) {
      case Op.Open _ -> "open";
      case Op.Close _ -> "close";
      case Op.Reset _ -> "reset";
      case Op.Set(SetIrqs call) -> format(call);
    };
  }

  private static String format(SetIrqs call) {
    String data = OpData.format(call.data());
    return "set %d %d %d %s %s%s"
        .formatted(
            call.index(),
            call.start(),
            call.count(),
            OpData.type(call),
            action(call.flags() & ~call.dataType()),
            data.isEmpty() ? "" : " " + data);
  }

  private static SetIrqs set(List<String> words) throws MalformedLineException {
    if (words.size() < 6 || words.size() > 7) {
      throw new MalformedLineException(GRAMMAR);
    }
    String data = words.size() == 7 ? words.get(6) : "";
    int flags = dataType(words.get(4)) | action(words.get(5));
    return new SetIrqs(
        NumberText.between("INDEX", words.get(1), 0, NumberText.U32_MAX),
        NumberText.between("START", words.get(2), 0, NumberText.U32_MAX),
        NumberText.between("COUNT", words.get(3), 0, NumberText.U32_MAX),
        flags,
        data(flags, data));
  }

  private static IrqSetData data(int flags, String data) throws MalformedLineException {
    if ((flags & DATA_BOOL) != 0) {
      return OpData.bools(data);
    }
    if ((flags & DATA_EVENTFD) != 0) {
      return OpData.eventfds(data);
    }
    if (!data.isEmpty()) {
      throw new MalformedLineException("expected no DATA after none");
    }
    return IrqSetData.NONE;
  }

  private static int dataType(String word) throws MalformedLineException {
    return switch (word) {
      case "none" -> DATA_NONE;
      case "bool" -> DATA_BOOL;
      case "eventfd" -> DATA_EVENTFD;
      default ->
          throw new MalformedLineException(
              "expected none, bool or eventfd, not '" + BadLine.shortened(word) + "'");
    };
  }

  private static int action(String word) throws MalformedLineException {
    return switch (word) {
      case "trigger" -> ACTION_TRIGGER;
      case "mask" -> ACTION_MASK;
      case "unmask" -> ACTION_UNMASK;
      default ->
          throw new MalformedLineException(
              "expected trigger, mask or unmask, not '" + BadLine.shortened(word) + "'");
    };
  }

  private static String action(int flags) {
    return switch (flags) {
      case ACTION_TRIGGER -> "trigger";
      case ACTION_MASK -> "mask";
      case ACTION_UNMASK -> "unmask";
      default -> throw new IllegalArgumentException("flags with no text form: " + flags);
    };
  }
}
