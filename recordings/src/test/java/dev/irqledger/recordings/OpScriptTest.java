package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.SetIrqs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpScriptTest {
  @Test
  void the_plain_operations_are_read() {
    assertEquals(new Op.Open(), OpScript.parse("open"));
    assertEquals(new Op.Close(), OpScript.parse(" close "));
    assertEquals(new Op.Reset(), OpScript.parse("reset"));
  }

  @Test
  void a_set_of_eventfds_carries_every_kind_of_descriptor() {
    assertEquals(
        new Op.Set(
            SetIrqs.triggers(
                IrqIndex.MSIX, 3, 0, 63, -1, OpScript.CLOSED_FD, OpScript.NOT_AN_EVENTFD)),
        OpScript.parse("set 2 3 5 eventfd trigger e0,e63,-1,b,s"));
  }

  @Test
  void a_set_without_data_is_the_disable() {
    assertEquals(
        new Op.Set(SetIrqs.disable(IrqIndex.MSI)), OpScript.parse("set 1 0 0 none trigger"));
  }

  @Test
  void bools_are_ones_and_zeros() {
    assertEquals(
        new Op.Set(
            new SetIrqs(
                0,
                0,
                2,
                IrqSetFlags.DATA_BOOL | IrqSetFlags.ACTION_UNMASK,
                new IrqSetData.Bools((byte) 0, (byte) 1))),
        OpScript.parse("set 0 0 2 bool unmask 0,1"));
  }

  @Test
  void an_index_that_no_device_has_is_kept_as_it_stands() {
    Op.Set set = (Op.Set) OpScript.parse("set 4294967295 0 1 eventfd trigger e0");
    assertEquals(4294967295L, set.call().index());
  }

  @Test
  void data_of_another_length_than_the_count_is_kept_as_it_stands() {
    Op.Set set = (Op.Set) OpScript.parse("set 2 0 4 eventfd trigger e0");
    assertEquals(4, set.call().count());
    assertEquals(1, set.call().data().length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                 | expected open, close, reset, or set
          opened                             | expected open, close, reset, or set
          open 1                             | expected open, close, reset, or set
          set 2 0 1 eventfd                  | expected open, close, reset, or set
          set 2 0 1 eventfd trigger e0 e1    | expected open, close, reset, or set
          set -1 0 1 eventfd trigger e0      | INDEX: expected a number from 0 to 4294967295
          set 2 4294967296 1 none trigger    | START: expected a number from 0 to 4294967295
          set 2 0 x none trigger             | COUNT: expected a number from 0 to 4294967295
          set 2 0 1 words trigger            | expected none, bool or eventfd, not 'words'
          set 2 0 1 none arm                 | expected trigger, mask or unmask, not 'arm'
          set 2 0 1 none trigger 1           | expected no DATA after none
          set 2 0 1 bool trigger 2           | DATA of bool: expected a number from 0 to 1
          set 2 0 1 eventfd trigger e64      | an eventfd's number: expected a number from 0 to 63
          set 2 0 1 eventfd trigger 7        | DATA of eventfd: expected e0 to e63, -1, b or s
          set 2 0 2 eventfd trigger e1,      | DATA of eventfd: expected e0 to e63, -1, b or s
          """)
  void what_is_no_operation_is_refused_with_what_was_expected(String text, String reason) {
    var e = assertThrows(IllegalArgumentException.class, () -> OpScript.parse(text));
    assertTrue(String.valueOf(e.getMessage()).startsWith(reason), e.getMessage());
  }

  @Test
  void a_call_with_no_text_form_is_refused() {
    Op unknownFd = new Op.Set(SetIrqs.triggers(IrqIndex.MSIX, 0, 64));
    Op noAction = new Op.Set(new SetIrqs(0, 0, 0, IrqSetFlags.DATA_NONE, IrqSetData.NONE));
    Op otherData = new Op.Set(new SetIrqs(0, 0, 0, 36, IrqSetData.NONE));
    for (Op op : List.of(unknownFd, noAction, otherData)) {
      assertThrows(IllegalArgumentException.class, () -> OpScript.format(op));
    }
  }

  static List<String> traces() {
    return Samples.kernelTraces();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void every_operation_of_a_trace_is_written_as_it_was_read(String sample) {
    KernelTraceReader reader = new KernelTraceReader();
    for (String line : Samples.lines(sample)) {
      reader.line(
          1,
          line,
          entry -> {
            if (entry instanceof TraceStep step) {
              assertEquals(step.text(), OpScript.format(step.op()));
            }
          });
    }
  }
}
