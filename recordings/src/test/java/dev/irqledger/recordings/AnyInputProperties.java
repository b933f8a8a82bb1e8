package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No input makes a parser throw, and every line it complains of is one that it was given. */
class AnyInputProperties {
  private static final List<String> REAL_LINES =
      List.of(
              Samples.lines("kernel-6.12/nvme-021.jsonl"),
              Samples.lines("kernel-6.1/e1000e-000.jsonl"),
              Samples.lines(Samples.QEMU_BOOT_TRACE),
              Samples.lines(Samples.QEMU_BOOT_PROBE))
          .stream()
          .flatMap(List::stream)
          .toList();

  @Property
  void random_text_gives_values_only(@ForAll RecordingFormat format, @ForAll List<String> lines) {
    check(format, lines);
  }

  @Property
  void random_bytes_give_values_only(@ForAll RecordingFormat format, @ForAll byte[] bytes) {
    check(format, new String(bytes, StandardCharsets.ISO_8859_1).lines().toList());
    check(format, List.of(new String(bytes, StandardCharsets.UTF_8)));
  }

  @Property
  void damaged_real_lines_give_values_only(
      @ForAll RecordingFormat format, @ForAll("damagedLines") List<String> lines) {
    check(format, lines);
  }

  private static void check(RecordingFormat format, List<String> lines) {
    for (Parsed parsed : Reading.of(format, lines).parsed()) {
      assertTrue(parsed.line() >= 1 && parsed.line() <= lines.size());
    }
    lines.forEach(RecordingFormat::detect);
    OpFile.parse(lines);
  }

  @Provide
  Arbitrary<List<String>> damagedLines() {
    Arbitrary<String> line = Arbitraries.of(REAL_LINES);
    Arbitrary<String> patch =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(3),
            Arbitraries.of("-1", "4294967296", "\"", "}", "[]", "null", "{", "e64", "-", " "));
    Arbitrary<String> damaged =
        Combinators.combine(
                line,
                Arbitraries.doubles().between(0, 1),
                Arbitraries.integers().between(0, 6),
                patch)
            .as(AnyInputProperties::damage);
    Arbitrary<String> cut =
        Combinators.combine(line, Arbitraries.doubles().between(0, 1))
            .as((text, at) -> text.substring(0, (int) (at * text.length())));
    return Arbitraries.frequencyOf(Tuple.of(2, line), Tuple.of(3, damaged), Tuple.of(1, cut))
        .list()
        .ofMaxSize(20);
  }

  private static String damage(String line, double where, int removed, String patch) {
    int from = (int) (where * line.length());
    int to = Math.min(line.length(), from + removed);
    return line.substring(0, from) + patch + line.substring(to);
  }
}
