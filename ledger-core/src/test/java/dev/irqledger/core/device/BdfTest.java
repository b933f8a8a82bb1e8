package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BdfTest {
  @ParameterizedTest
  @ValueSource(strings = {"0000:00:00.0", "0000:ff:1f.7", "10000:01:00.0", "ffffffff:01:0a.3"})
  void an_address_as_sysfs_spells_it_is_kept(String text) {
    assertEquals(text, new Bdf(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01:00.0",
        "000:01:00.0",
        "000000000:01:00.0",
        "0000:1:00.0",
        "0000:01:0.0",
        "0000:01:20.0",
        "0000:01:00.8",
        "0000:01:00",
        "0000:01:00.00",
        "0000:0A:00.0",
        "0000:0g:00.0",
        " 0000:01:00.0",
        "0000:01:00.0\n",
        "../0000:01:00.0"
      })
  void another_text_is_no_address(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Bdf(text));
  }
}
