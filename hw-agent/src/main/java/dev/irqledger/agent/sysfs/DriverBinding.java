package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Binds devices to a vfio driver and back, by {@code driver_override}, {@code unbind} and {@code
 * drivers_probe} ({@code Documentation/ABI/testing/sysfs-bus-pci}).
 */
public final class DriverBinding {
  /** What the kernel shows, and takes, for no override. */
  private static final String NO_OVERRIDE = "(null)";

  private static final String CLEAR = "\n";

  private final Sysfs sysfs;
  private final DeviceUse use;
  private final Consumer<BindingStep> kernel;

  public DriverBinding(Sysfs sysfs) {
    this(sysfs, step -> Attributes.write(step.file(), step.value()));
  }

  /**
   * @param kernel makes a step
   */
  DriverBinding(Sysfs sysfs, Consumer<BindingStep> kernel) {
    this.sysfs = sysfs;
    this.use = new DeviceUse(sysfs);
    this.kernel = kernel;
  }

  /**
   * What {@link #bind} would write, in order; nothing where the device has that driver.
   *
   * @throws HostSetupException if the host has no such device
   */
  public List<BindingStep> plan(Bdf device, String driver) {
    Path home = home(device);
    String current = sysfs.driver(device);
    List<BindingStep> steps = new ArrayList<>();
    if (!driver.equals(current)) {
      steps.add(new BindingStep(home.resolve("driver_override"), driver));
      unbind(device, current, steps);
      steps.add(new BindingStep(pci("drivers_probe"), device.text()));
    }
    return List.copyOf(steps);
  }

  /**
   * How a device is bound now.
   *
   * @throws HostSetupException if the host has no such device
   */
  public FormerDriver former(Bdf device) {
    var _ = home(device);
    return new FormerDriver(device, sysfs.driver(device), override(device));
  }

  /**
   * Binds a device to a driver. If that fails, what was changed is put back.
   *
   * @param force whether also a device is taken that the host itself uses
   * @return how it was bound before
   * @throws HostSetupException if the driver is not loaded or does not take the device, the host
   *     uses the device or has no such device, or this process may not bind
   * @throws VfioException if the kernel refuses a step
   */
  public FormerDriver bind(Bdf device, String driver, boolean force) {
    List<BindingStep> steps = plan(device, driver);
    FormerDriver former = former(device);
    if (!steps.isEmpty()) {
      check(device, driver, force);
      try {
        steps.forEach(kernel);
        verify(device, driver);
      } catch (VfioException | HostSetupException failure) {
        putBackAfter(failure, former);
        throw failure instanceof VfioException refused ? told(device, refused) : failure;
      }
    }
    return former;
  }

  /**
   * Gives a device its former driver and override again. Waits in the kernel for as long as a
   * process has the device open. Writes nothing where nothing changed.
   *
   * @throws HostSetupException if the former driver does not take it, or the host has the device no
   *     more
   * @throws VfioException if the kernel refuses a step
   */
  public void putBack(FormerDriver former) {
    Bdf device = former.device();
    Path home = home(device);
    List<BindingStep> steps = new ArrayList<>();
    if (!Objects.equals(override(device), former.override())) {
      String value = former.override() == null ? CLEAR : former.override();
      steps.add(new BindingStep(home.resolve("driver_override"), value));
    }
    String current = sysfs.driver(device);
    if (!Objects.equals(current, former.driver())) {
      unbind(device, current, steps);
      if (former.driver() != null) {
        steps.add(new BindingStep(pci("drivers/" + former.driver() + "/bind"), device.text()));
      }
    }
    steps.forEach(kernel);
    verify(device, former.driver());
  }

  private void unbind(Bdf device, @Nullable String current, List<BindingStep> steps) {
    if (current != null) {
      steps.add(new BindingStep(pci("drivers/" + current + "/unbind"), device.text()));
    }
  }

  private void check(Bdf device, String driver, boolean force) {
    if (!Files.isDirectory(pci("drivers/" + driver))) {
      throw new HostSetupException(
          "the driver " + driver + " is not loaded; load it: modprobe " + driver);
    }
    String reason = force ? null : use.of(device);
    if (reason != null) {
      throw new HostSetupException(
          device + " is in use by this host (" + reason + "); free it first, or give --force");
    }
  }

  private static RuntimeException told(Bdf device, VfioException refused) {
    if (refused.errno() != Errno.EACCES.number()) {
      return refused;
    }
    HostSetupException told =
        new HostSetupException(
            "no permission to bind " + device + " (" + refused.getMessage() + "); run as root");
    told.initCause(refused);
    return told;
  }

  private Path home(Bdf device) {
    String missing = MissingDevice.tell(sysfs, device);
    if (missing != null) {
      throw new HostSetupException(missing);
    }
    return sysfs.home(device);
  }

  private void verify(Bdf device, @Nullable String driver) {
    String now = sysfs.driver(device);
    if (!Objects.equals(now, driver)) {
      throw new HostSetupException(
          "%s has %s instead of %s; the kernel's log tells why: dmesg | grep %s"
              .formatted(device, words(now), words(driver), device));
    }
  }

  private void putBackAfter(RuntimeException failure, FormerDriver former) {
    try {
      putBack(former);
    } catch (VfioException | HostSetupException second) {
      failure.addSuppressed(second);
    }
  }

  private @Nullable String override(Bdf device) {
    String text = Attributes.readIfThere(sysfs.home(device).resolve("driver_override"));
    return text == null || text.isEmpty() || text.equals(NO_OVERRIDE) ? null : text;
  }

  private static String words(@Nullable String driver) {
    return driver == null ? "no driver" : "the driver " + driver;
  }

  private Path pci(String name) {
    return sysfs.sys().resolve("bus/pci").resolve(name);
  }
}
