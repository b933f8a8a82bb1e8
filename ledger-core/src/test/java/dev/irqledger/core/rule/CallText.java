package dev.irqledger.core.rule;

import static dev.irqledger.core.device.IrqSetFlags.ACTION_MASK;
import static dev.irqledger.core.device.IrqSetFlags.ACTION_TRIGGER;
import static dev.irqledger.core.device.IrqSetFlags.ACTION_UNMASK;
import static dev.irqledger.core.device.IrqSetFlags.DATA_BOOL;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_NONE;

import dev.irqledger.core.device.CloseDevice;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.ResetDevice;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.device.VfioCall;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Calls in the words of the tests' tables.
 *
 * <p>{@code msix 2 5 - closed file} sets triggers from vector 2 on; {@code msix off} disables;
 * {@code msix signal 0 3} signals three; {@code msix bools 0 1 0} selects; {@code intx 5}, {@code
 * err -}; {@code intx mask}; {@code reset}; {@code close}; {@code set INDEX START COUNT FLAGS DATA}
 * is whatever one writes, with flags such as {@code eventfd+trigger} or a number.
 */
public final class CallText {
  private CallText() {}

  /** Calls parted by semicolons; none for an empty text. */
  public static List<VfioCall> parseAll(String text) {
    return Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(call -> !call.isEmpty())
        .map(CallText::parse)
        .toList();
  }

  public static VfioCall parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    return switch (words.getFirst()) {
      case "close" -> new CloseDevice();
      case "reset" -> new ResetDevice();
      case "set" -> raw(words.subList(1, words.size()));
      default ->
          named(
              IrqIndex.valueOf(words.getFirst().toUpperCase(Locale.ROOT)),
              words.subList(1, words.size()));
    };
  }

  private static SetIrqs named(IrqIndex index, List<String> words) {
    boolean vectors = index == IrqIndex.MSI || index == IrqIndex.MSIX;
    return switch (words.getFirst()) {
      case "off" -> SetIrqs.disable(index);
      case "mask" -> new SetIrqs(index.number(), 0, 1, DATA_NONE | ACTION_MASK, IrqSetData.NONE);
      case "unmask" ->
          new SetIrqs(index.number(), 0, 1, DATA_NONE | ACTION_UNMASK, IrqSetData.NONE);
      case "signal" ->
          new SetIrqs(
              index.number(),
              number(words.get(1)),
              number(words.get(2)),
              DATA_NONE | ACTION_TRIGGER,
              IrqSetData.NONE);
      case "bools" ->
          new SetIrqs(
              index.number(),
              number(words.get(1)),
              words.size() - 2,
              DATA_BOOL | ACTION_TRIGGER,
              bools(words.subList(2, words.size())));
      default ->
          vectors
              ? SetIrqs.triggers(
                  index, (int) number(words.getFirst()), fds(words.subList(1, words.size())))
              : SetIrqs.triggers(index, 0, fds(words));
    };
  }

  private static SetIrqs raw(List<String> words) {
    int flags = flags(words.get(3));
    List<String> data = words.subList(4, words.size());
    return new SetIrqs(
        number(words.get(0)),
        number(words.get(1)),
        number(words.get(2)),
        flags,
        (flags & DATA_EVENTFD) != 0
            ? new IrqSetData.Eventfds(fds(data))
            : (flags & DATA_BOOL) != 0 ? bools(data) : IrqSetData.NONE);
  }

  private static int flags(String text) {
    return Arrays.stream(text.split("\\+"))
        .mapToInt(word ->
            switch (word) {
              case "none" -> DATA_NONE;
              case "bool" -> DATA_BOOL;
              case "eventfd" -> DATA_EVENTFD;
              case "mask" -> ACTION_MASK;
              case "unmask" -> ACTION_UNMASK;
              case "trigger" -> ACTION_TRIGGER;
              default -> Integer.parseInt(word);
            })
        .reduce(0, (a, b) -> a | b);
  }

  private static int[] fds(List<String> words) {
    return words.stream()
        .mapToInt(word ->
            switch (word) {
              case "-" -> Eventfd.NONE;
              case "closed" -> TestHost.CLOSED;
              case "file" -> TestHost.NO_EVENTFD;
              case "some" -> Eventfd.SOME;
              case "unseen" -> Eventfd.UNSEEN;
              default -> Integer.parseInt(word);
            })
        .toArray();
  }

  private static IrqSetData.Bools bools(List<String> words) {
    byte[] values = new byte[words.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.parseByte(words.get(i));
    }
    return new IrqSetData.Bools(values);
  }

  private static long number(String word) {
    return Long.parseLong(word);
  }
}
