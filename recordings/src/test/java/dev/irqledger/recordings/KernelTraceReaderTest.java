package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.KernelView.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelTraceReaderTest {
  private static final String HEADER =
      "{'kernel':'6.12.1','device':'nvme','bdf':'0000:01:00.0','pci_id':'0x1B36:0x0010'}";
  private static final String RESET =
      "{'seq':1,'op':'reset','ret':0,'ns':5,'mode':'none','irqs':[],'signalled':{}}";

  private static List<TraceEntry> read(String... lines) {
    List<TraceEntry> entries = new ArrayList<>();
    KernelTraceReader reader = new KernelTraceReader();
    for (int i = 0; i < lines.length; i++) {
      reader.line(i + 1, lines[i].replace('\'', '"'), entries::add);
    }
    return entries;
  }

  private static BadLine bad(TraceEntry entry) {
    return (BadLine) entry;
  }

  @Test
  void the_header_names_kernel_and_device() {
    assertEquals(
        List.of(
            new TraceHeader(
                1, new KernelRelease("6.12.1"), "nvme", new Bdf("0000:01:00.0"), "1b36:0010")),
        read(HEADER));
  }

  @Test
  void a_step_carries_all_that_the_line_says() {
    TraceStep step =
        (TraceStep)
            read(
                    HEADER,
                    "{'seq':7,'op':'set 2 0 1 none trigger','ret':-22,'ns':9,'mode':'msix','irqs':"
                        + "[{'vector':0,'irq':33,'trigger':false},"
                        + "{'vector':4,'irq':34,'trigger':true},"
                        + "{'vector':2,'irq':35,'trigger':true}],'signalled':{'e47':1,'e3':2}}")
                .get(1);
    assertEquals(2, step.line());
    assertEquals(7, step.seq());
    assertEquals("set 2 0 1 none trigger", step.text());
    assertEquals(-22, step.ret());
    assertEquals(9, step.ns());
    assertEquals(InterruptMode.MSIX, step.mode());
    assertEquals(
        List.of(new Seen(0, 33, false), new Seen(2, 35, true), new Seen(4, 34, true)), step.irqs());
    assertEquals(Map.of(3, 2L, 47, 1L), step.signalled());
  }

  @Test
  void an_opening_carries_the_answers_of_all_indexes_in_order() {
    TraceStep step =
        (TraceStep)
            read(
                    HEADER,
                    "{'seq':0,'op':'open','ret':0,'info':[{'index':4,'count':1,'flags':9},"
                        + "{'index':0,'count':1,'flags':7},{'index':1,'count':0,'flags':9},"
                        + "{'index':2,'count':65,'flags':1},{'index':3,'count':1,'flags':9}],"
                        + "'mode':'none','irqs':[],'signalled':{}}")
                .get(1);
    assertEquals(
        new DeviceCapabilities(
            List.of(
                new IrqIndexInfo(1, 7),
                new IrqIndexInfo(0, 9),
                new IrqIndexInfo(65, 1),
                new IrqIndexInfo(1, 9),
                new IrqIndexInfo(1, 9))),
        step.info());
  }

  @Test
  void an_index_that_the_kernel_refused_to_describe_is_one_that_the_device_lacks() {
    TraceStep opened =
        (TraceStep) read(Samples.lines("kernel-6.12/edu-001.jsonl").toArray(String[]::new)).get(1);
    DeviceCapabilities info = opened.info();
    assertNotNull(info);
    assertEquals(new IrqIndexInfo(0, 0), info.of(IrqIndex.ERR));
  }

  @Test
  void a_step_before_the_header_cannot_be_placed() {
    assertEquals("an operation before the trace's header line", bad(read(RESET).get(0)).reason());
  }

  @Test
  void a_line_that_was_cut_short_is_bad_and_the_next_is_read() {
    List<TraceEntry> entries = read(HEADER, RESET.substring(0, 40), RESET);
    assertEquals(
        "expected one JSON object; the line may be cut short", bad(entries.get(1)).reason());
    assertEquals(2, entries.get(1).line());
    assertEquals(3, entries.get(2).line());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'seq':1,                 |                           | the field 'seq' is missing
          'ns':5,                  |                           | the field 'ns' is missing
          'mode':'none',           |                           | the field 'mode' is missing
          'reset'                  | 'restart'                 | expected open, close, reset, or set
          'ret':0                  | 'ret':2147483648          | the field 'ret' is no whole number
          'ret':0                  | 'ret':0.5                 | the field 'ret' is no whole number
          'ns':5                   | 'ns':-5                   | the field 'ns' is no whole number
          'seq':1                  | 'seq':1,'seq':2           | expected one JSON object
          'none'                   | 'msi-x'                   | mode: expected none, intx, msi or
          'irqs':[]                | 'irqs':{}                 | the field 'irqs' is not an array
          'signalled':{}           | 'signalled':{'f1':1}      | an eventfd's number: expected
          """)
  void what_a_step_lacks_or_garbles_is_named(String part, String instead, String reason) {
    String line = RESET.replace(part, instead == null ? "" : instead);
    BadLine bad = bad(read(HEADER, line).get(1));
    assertEquals(
        reason, bad.reason().substring(0, Math.min(reason.length(), bad.reason().length())));
  }

  @Test
  void a_vector_listed_twice_or_out_of_range_is_bad() {
    String irq = "{'vector':%d,'irq':33,'trigger':true}";
    String twice = "[" + irq.formatted(5) + "," + irq.formatted(5) + "]";
    String beyond = "[" + irq.formatted(2048) + "]";
    assertEquals(
        "irqs: vector 5 is listed twice",
        bad(read(HEADER, RESET.replace("[]", twice)).get(1)).reason());
    assertEquals(
        "the field 'vector' is no whole number from 0 to 2047",
        bad(read(HEADER, RESET.replace("[]", beyond)).get(1)).reason());
  }

  static List<String> traces() {
    return Samples.kernelTraces();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void every_line_of_a_real_trace_is_read(String sample) {
    List<String> lines = Samples.lines(sample);
    List<TraceEntry> entries = read(lines.toArray(String[]::new));
    assertEquals(lines.size(), entries.size());
    for (TraceEntry entry : entries.subList(1, entries.size())) {
      assertEquals(TraceStep.class, entry.getClass(), entry.toString());
    }
  }
}
