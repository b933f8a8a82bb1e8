package dev.irqledger.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.irqledger.core.device.IrqSetData.Bools;
import dev.irqledger.core.device.IrqSetData.Eventfds;
import org.junit.jupiter.api.Test;

class IrqSetDataTest {
  @Test
  void the_same_values_are_the_same_data() {
    Bools bools = new Bools(new byte[] {1, 0});
    assertEquals(bools, new Bools(new byte[] {1, 0}));
    assertEquals(bools.hashCode(), new Bools(new byte[] {1, 0}).hashCode());
    assertNotEquals(bools, new Bools(new byte[] {1, 1}));
    assertNotEquals(bools, (Object) new Eventfds(new int[] {1, 0}));
    assertEquals("Bools[1, 0]", bools.toString());
    Eventfds fds = new Eventfds(new int[] {5, -1});
    assertEquals(fds, new Eventfds(new int[] {5, -1}));
    assertNotEquals(fds, new Eventfds(new int[] {5, 6}));
    assertNotEquals(fds, (Object) bools);
  }

  @Test
  void what_is_handed_over_stays_as_it_was() {
    byte[] values = {1, 0};
    Bools bools = new Bools(values);
    values[0] = 0;
    bools.toArray()[0] = 0;
    assertEquals(true, bools.at(0));
    assertEquals(false, bools.at(1));
    assertEquals(2, bools.length());
  }
}
