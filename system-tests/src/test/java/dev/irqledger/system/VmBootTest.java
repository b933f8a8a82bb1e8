package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs only with {@code mvn -Pvm}. */
@Tag("vm")
class VmBootTest {
  private static final String SCRIPT =
      """
      uname -r
      for bdf in $NVME $E1000E $XHCI $EDU; do
        basename "$(readlink /sys/bus/pci/devices/$bdf/driver)"
      done
      """;

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "6.1"})
  void four_devices_are_on_vfio_pci(String kernel) throws Exception {
    try (VirtualMachine machine = new VirtualMachine("boot-" + kernel)) {
      VirtualMachine.Run run =
          machine.run(Duration.ofMinutes(6), List.of("--kernel", kernel), "bash", "-c", SCRIPT);
      assertEquals(0, run.exit(), run.said() + run.stderr());
      List<String> lines = run.stdout().lines().toList();
      assertTrue(lines.getFirst().startsWith(kernel + "."), lines.getFirst());
      assertEquals(List.of("vfio-pci", "vfio-pci", "vfio-pci", "vfio-pci"), lines.subList(1, 5));
      assertEquals(Set.of("nvme", "e1000e", "xhci", "edu"), run.devices().keySet());
      machine.wasAsExpected();
    }
  }
}
