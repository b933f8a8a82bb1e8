package dev.irqledger.agent.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleWatchTest {
  private static final Bdf DEVICE = new Bdf("0000:01:00.0");

  private final IdleWatch watch = new IdleWatch();

  @Test
  void a_vector_counts_as_idle_from_when_it_was_first_seen() {
    at(0, new VectorCount(0, 50, 3));
    assertEquals(List.of(), watch.idle(Duration.ZERO), "seen once, nothing is known");

    at(10, new VectorCount(0, 50, 3));

    assertEquals(List.of(idle(0, 50, 3, 0)), watch.idle(Duration.ofSeconds(10)));
    assertEquals(List.of(), watch.idle(Duration.ofSeconds(11)));
  }

  @Test
  void what_fires_or_changes_its_irq_or_goes_starts_anew() {
    at(0, new VectorCount(0, 50, 3), new VectorCount(1, 51, 0), new VectorCount(2, 52, 0));
    at(10, new VectorCount(0, 50, 4), new VectorCount(1, 60, 0));
    at(20, new VectorCount(0, 50, 4), new VectorCount(1, 60, 0), new VectorCount(2, 52, 0));

    assertEquals(List.of(idle(0, 50, 4, 10), idle(1, 60, 0, 10)), watch.idle(Duration.ZERO));
  }

  @Test
  void a_forgotten_device_is_idle_no_more() {
    at(0, new VectorCount(0, 50, 3));
    at(10, new VectorCount(0, 50, 3));

    watch.forget(DEVICE);

    assertEquals(List.of(), watch.idle(Duration.ZERO));
  }

  @Test
  void armed_vectors_are_counted_over_all_cpus(@TempDir Path root) throws IOException {
    FakeHost host = new FakeHost(root);
    Bdf device = host.device("0000:01:00.0", 7, "vfio-pci");
    host.irq(device, "msix", 50, 0, "vfio-msix[0](" + device + ")");
    host.irqFile(50, "per_cpu_count", "4000000000,2,1");
    host.irq(device, "msix", 51, 1, "");
    host.irqFile(51, "per_cpu_count", "9,9,9");

    assertEquals(
        List.of(new VectorCount(0, 50, 4_000_000_003L)),
        new InterruptCounts(host.sysfs()).of(device));
  }

  private void at(long second, VectorCount... counts) {
    watch.counted(DEVICE, List.of(counts), Instant.ofEpochSecond(second));
  }

  private static IdleVector idle(int vector, int irq, long count, long since) {
    return new IdleVector(DEVICE, vector, irq, count, Instant.ofEpochSecond(since));
  }
}
