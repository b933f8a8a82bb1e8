package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void every_sample_can_be_read() {
    for (String name : Samples.names()) {
      assertFalse(Samples.lines(name).isEmpty(), name);
    }
  }

  @Test
  void both_kernels_and_the_exhaustion_are_among_the_traces() {
    assertTrue(Samples.kernelTraces().contains(Samples.EXHAUSTION));
    for (String kernel : new String[] {"kernel-6.1/", "kernel-6.12/"}) {
      assertTrue(Samples.kernelTraces().stream().anyMatch(name -> name.startsWith(kernel)));
    }
  }

  @Test
  void an_unknown_name_is_refused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Samples.lines("../pom.xml"));
    assertEquals("no sample is named '../pom.xml'", e.getMessage());
  }
}
