package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpFileTest {
  @Test
  void blank_lines_and_comments_say_nothing() {
    OpFile file =
        OpFile.parse(
            """
            # arm one vector

            open
              set 2 0 1 eventfd trigger e0
            \t# and go
            close
            """
                .lines()
                .toList());
    assertEquals(
        List.of(
            new OpFile.Entry(3, new Op.Open()),
            new OpFile.Entry(4, new Op.Set(SetIrqs.triggers(IrqIndex.MSIX, 0, 0))),
            new OpFile.Entry(6, new Op.Close())),
        file.entries());
    assertEquals(List.of(), file.errors());
  }

  @Test
  void every_bad_line_is_named_with_its_number_and_what_was_expected() {
    OpFile file = OpFile.parse(List.of("open", "set 2 0 1 none jump", "", "shut"));
    assertEquals(1, file.entries().size());
    assertEquals(List.of(2L, 4L), file.errors().stream().map(BadLine::line).toList());
    assertEquals("expected trigger, mask or unmask, not 'jump'", file.errors().getFirst().reason());
  }
}
