package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host-1/0000:01:00.0",
        "a/0000:00:00.0",
        "rack4.row_b.example.org/10000:e1:1f.7",
        "9/ffffffff:ff:00.0"
      })
  void a_key_reads_back_what_it_prints(String text) {
    assertEquals(text, DeviceKey.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "host-1",
        "0000:01:00.0",
        "/0000:01:00.0",
        "host-1/",
        "host-1/01:00.0",
        "host-1/0000:01:00.0/",
        "a/b/0000:01:00.0",
        "-host/0000:01:00.0",
        "host 1/0000:01:00.0",
        "höst/0000:01:00.0",
        "host-1/0000:01:00.0\n",
        "host-1\n/0000:01:00.0"
      })
  void another_text_is_no_key(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DeviceKey.parse(text));
    assertTrue(e.getMessage().startsWith("not a "), e.getMessage());
  }

  @Test
  void a_host_name_has_at_most_253_characters() {
    Bdf bdf = new Bdf("0000:01:00.0");
    assertEquals(253, new DeviceKey("h".repeat(253), bdf).host().length());
    assertThrows(IllegalArgumentException.class, () -> new DeviceKey("h".repeat(254), bdf));
  }

  @Test
  void keys_are_sorted_by_host_and_then_by_address() {
    List<String> sorted =
        List.of("a/0000:01:00.0", "a/0000:01:00.1", "a/0000:02:00.0", "b/0000:01:00.0");
    assertEquals(
        sorted,
        Stream.of(sorted.get(3), sorted.get(1), sorted.get(2), sorted.get(0))
            .map(DeviceKey::parse)
            .sorted()
            .map(DeviceKey::toString)
            .toList());
  }
}
