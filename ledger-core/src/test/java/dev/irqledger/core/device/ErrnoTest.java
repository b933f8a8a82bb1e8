package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "-9, -EBADF", "-22, -EINVAL", "-28, -ENOSPC", "-12345, -12345"})
  void a_result_is_told_by_its_name(int result, String words) {
    assertEquals(words, Errno.describe(result));
    assertEquals(words, Errno.describe(OptionalInt.of(result)));
  }

  @Test
  void the_number_is_that_of_linux_and_the_result_its_negative() {
    assertEquals(28, Errno.ENOSPC.number());
    assertEquals(-28, Errno.ENOSPC.result());
    assertEquals("unknown", Errno.describe(OptionalInt.empty()));
  }
}
