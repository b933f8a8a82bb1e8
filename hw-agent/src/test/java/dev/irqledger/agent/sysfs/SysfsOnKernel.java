package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Prints what this package sees on a real kernel, for a machine whose devices nobody needs: {@code
 * show [BDF...]}, {@code bind BDF} (to vfio-pci and back), {@code explain BDF ERRNO}.
 */
final class SysfsOnKernel {
  private final Sysfs sysfs = Sysfs.ofHost();
  private final PrintStream out;

  private SysfsOnKernel(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    SysfsOnKernel kernel = new SysfsOnKernel(System.out);
    switch (args[0]) {
      case "show" -> kernel.show(args);
      case "bind" -> kernel.bindAndPutBack(new Bdf(args[1]));
      case "explain" -> kernel.explain(new Bdf(args[1]), Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private void show(String[] args) {
    out.println(sysfs.kernelRelease() + " " + sysfs.bootId() + " vfio " + sysfs.vfioDevices());
    out.println(new HostSurvey(sysfs).take());
    for (int i = 1; i < args.length; i++) {
      Bdf device = new Bdf(args[i]);
      out.println(device + " " + sysfs.identity(device));
      out.println("  group of " + sysfs.groupMembers(sysfs.iommuGroup(device)));
      out.println("  file " + sysfs.vfioCdev(device));
      out.println("  " + sysfs.look(device, 0, 2048));
      out.println("  " + new InterruptCounts(sysfs).of(device));
    }
  }

  private void bindAndPutBack(Bdf device) {
    DriverBinding binding = new DriverBinding(sysfs);
    binding.plan(device, "vfio-pci").forEach(out::println);
    FormerDriver former = binding.bind(device, "vfio-pci", false);
    out.println(former + ", now " + sysfs.driver(device) + ", " + sysfs.vfioDevices());
    binding.putBack(former);
    out.println("put back: " + sysfs.driver(device) + ", " + sysfs.vfioDevices());
  }

  private void explain(Bdf device, int errno) {
    VfioException failure = new VfioException("open", errno);
    out.println(new VfioDiagnosis(sysfs, Path.of("/dev")).explain(device, failure));
  }
}
