package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.Bdf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  static Bdf bdf(String text) {
    return new Bdf(text);
  }

  @Test
  void a_field_of_32_bits_is_unsigned_however_it_was_printed() throws MalformedLineException {
    for (String text : new String[] {"4294967295", "-1", "0xffffffff"}) {
      assertEquals(4294967295L, NumberText.u32("field", text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "+1", "1 ", "0x", "4294967296", "99999999999999999999", "٣"})
  void anything_else_is_refused(String text) {
    assertThrows(MalformedLineException.class, () -> NumberText.u32("field", text));
    assertThrows(MalformedLineException.class, () -> NumberText.between("field", text, 0, 9));
  }

  @Test
  void an_address_may_be_in_capitals() throws MalformedLineException {
    assertEquals(bdf("0000:0a:00.0"), NumberText.bdf("0000:0A:00.0"));
  }
}
