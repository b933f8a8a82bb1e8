package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetIrqsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, true",
    "4294967295, 4294967295, 4294967295, true",
    "-1, 0, 0, false",
    "0, -1, 0, false",
    "0, 0, -1, false",
    "4294967296, 0, 0, false",
    "0, 4294967296, 0, false",
    "0, 0, 4294967296, false"
  })
  void nonsense_is_taken_as_long_as_it_fits_in_32_bits(
      long index, long start, long count, boolean fits) {
    if (fits) {
      SetIrqs call = new SetIrqs(index, start, count, 0, IrqSetData.NONE);
      assertEquals(start, call.start());
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> new SetIrqs(index, start, count, 0, IrqSetData.NONE));
    }
  }

  @Test
  void beyond_its_data_a_call_has_no_descriptors() {
    SetIrqs call = SetIrqs.triggers(IrqIndex.MSIX, 3, 5, 6);
    assertEquals(5, call.fd(0));
    assertEquals(6, call.fd(1));
    assertEquals(Eventfd.NONE, call.fd(2));
    assertEquals(Eventfd.NONE, SetIrqs.disable(IrqIndex.MSIX).fd(0));
  }
}
