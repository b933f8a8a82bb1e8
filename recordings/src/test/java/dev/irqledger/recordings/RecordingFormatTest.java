package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingFormatTest {
  @Test
  void every_sample_is_told_by_its_first_line() {
    for (String sample : Samples.names()) {
      RecordingFormat expected =
          switch (sample) {
            case Samples.QEMU_BOOT_TRACE -> RecordingFormat.QEMU_TRACE;
            case Samples.QEMU_BOOT_PROBE -> RecordingFormat.PROBE;
            default -> RecordingFormat.KERNEL_TRACE;
          };
      String first = Samples.lines(sample).getFirst();
      assertEquals(Optional.of(expected), RecordingFormat.detect(first), sample);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"seq":1,"op":"reset"}                       | KERNEL_TRACE
          vfio_intx_enable  (0000:00:02.0)             | QEMU_TRACE
          168@1795379375.679143:kvm_run_exit cpu 0     | QEMU_TRACE
          # tracer: nop                                | PROBE
          CPU:0 [LOST 12 EVENTS]                       | PROBE
          q-1 [000] ...1. 1.5: set_irqs_ret: (a <- b) ret=0 | PROBE
          """)
  void a_telling_line_is_enough(String line, RecordingFormat format) {
    assertEquals(Optional.of(format), RecordingFormat.detect(line));
  }

  @ParameterizedTest
  @CsvSource({"''", "#", "{}", "qemu: could not open disk", "[]", "set_irqs:"})
  void other_lines_tell_nothing(String line) {
    assertEquals(Optional.empty(), RecordingFormat.detect(line));
  }

  @ParameterizedTest
  @EnumSource
  void a_recording_without_operations_shows_none(RecordingFormat format) {
    assertTrue(Reading.of(format, List.of()).operations().isEmpty());
    assertTrue(Reading.of(format, List.of("", "   ")).parsed().isEmpty());
  }
}
