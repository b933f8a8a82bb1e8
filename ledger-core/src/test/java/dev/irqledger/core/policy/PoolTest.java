package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.CallText;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {
  /** The view: the mode, which vectors were looked at, and the only one that has an irq. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an enable that got fewer        | msix 0 5 6    | 1       |              | REMAPPING_ENTRIES
          that got no entry at all        | msix 0 5 6    | -ENOSPC | none 0..8 9  | CPU_VECTORS
          a vector without an irq         | msix 2 5      | -ENOSPC | msix 0..8 9  | REMAPPING_ENTRIES
          a vector that has its irq       | msix 2 5      | -ENOSPC | msix 0..8 2  | CPU_VECTORS
          the first of those looked at    | msix 2 5      | -ENOSPC | msix 2..8 9  | REMAPPING_ENTRIES
          one that nobody looked at       | msix 2 5      | -ENOSPC | msix 0..2 9  | CPU_VECTORS
          a later one of the block        | msix 2 5 6    | -ENOSPC | msix 0..8 2  | CPU_VECTORS
          nobody looked                   | msix 2 5      | -ENOSPC |              | CPU_VECTORS
          it did what was asked           | msix 2 5      | 0       | msix 0..8 2  |
          another failure                 | msix 2 5      | -EBADF  | msix 0..8 9  |
          nobody knows the result         | msix 2 5      | ?       | msix 0..8 9  |
          a call that takes nothing       | msix signal 0 2 | -ENOSPC | msix 0..8 9 |
          """)
  void a_call_tells_which_pool_ran_out(
      String what, String call, String result, String shown, Pool expected) {
    InterruptsSet set =
        new InterruptsSet(
            (SetIrqs) CallText.parse(call), result(result), 0, shown == null ? null : view(shown));
    assertEquals(expected, Pool.exhaustedAt(set), what);
  }

  @Test
  void a_reset_takes_from_no_pool() {
    int code = Errno.ENOSPC.result();
    assertEquals(null, Pool.exhaustedAt(new DeviceReset(OptionalInt.of(code), 0, null)));
  }

  private static OptionalInt result(String text) {
    if (text.equals("?")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        text.startsWith("-") ? Errno.valueOf(text.substring(1)).result() : Integer.parseInt(text));
  }

  private static KernelView view(String text) {
    String[] words = text.split("[ .]+", 4);
    int vector = Integer.parseInt(words[3]);
    int from = Integer.parseInt(words[1]);
    int to = Integer.parseInt(words[2]);
    List<Seen> seen =
        vector >= from && vector < to ? List.of(new Seen(vector, 24, false)) : List.of();
    return new KernelView(InterruptMode.ofLabel(words[0]), from, to, seen);
  }
}
