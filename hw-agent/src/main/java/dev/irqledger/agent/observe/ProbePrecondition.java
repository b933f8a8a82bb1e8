package dev.irqledger.agent.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What must be there before a probe can be made, each with the words for when it is not.
 *
 * @param tracefs the kernel's tracing files
 * @param sys where sysfs is mounted
 */
record ProbePrecondition(Tracefs tracefs, Path sys) {
  private static final String USE_ROOT =
      "run the agent as root (CAP_SYS_ADMIN and CAP_DAC_OVERRIDE)";

  /** In tracefs's README of a kernel that has function probes with BTF arguments and fields. */
  private static final String BTF_FIELDS = "<argname>[->field";

  void check() throws ProbeUnavailable {
    if (!Files.exists(tracefs.root())) {
      throw new ProbeUnavailable(
          "there is no " + tracefs.root(),
          "use a kernel with CONFIG_FPROBE_EVENTS, 6.6 or later, and mount tracefs there");
    }
    if (!Files.isReadable(tracefs.root()) || !Files.isExecutable(tracefs.root())) {
      throw new ProbeUnavailable(tracefs.root() + " may not be read", USE_ROOT);
    }
    if (!Files.exists(tracefs.readme())) {
      throw new ProbeUnavailable(
          "tracefs is not mounted at " + tracefs.root(),
          "mount -t tracefs nodev " + tracefs.root());
    }
    checkKernel();
    checkModule();
    if (!Files.isWritable(tracefs.dynamicEvents())) {
      throw new ProbeUnavailable(tracefs.dynamicEvents() + " may not be written", USE_ROOT);
    }
  }

  private void checkKernel() throws ProbeUnavailable {
    String readme;
    try {
      readme = Tracefs.read(tracefs.readme());
    } catch (IOException e) {
      throw new ProbeUnavailable(tracefs.readme() + " cannot be read: " + e.getMessage(), USE_ROOT);
    }
    boolean functions = readme.contains("f[:[<group>/]");
    if (!functions || !readme.contains(BTF_FIELDS) || !Files.exists(tracefs.dynamicEvents())) {
      throw new ProbeUnavailable(
          "kernel " + release() + " has no function probes with BTF arguments",
          "use a kernel 6.6 or later with CONFIG_FPROBE_EVENTS and CONFIG_PROBE_EVENTS_BTF_ARGS");
    }
    if (!Files.exists(btf("vmlinux"))) {
      throw new ProbeUnavailable(
          "there is no " + btf("vmlinux"), "use a kernel with CONFIG_DEBUG_INFO_BTF");
    }
  }

  private void checkModule() throws ProbeUnavailable {
    Path module = sys.resolve("module/vfio_pci_core");
    if (!Files.exists(module)) {
      throw new ProbeUnavailable(
          "the module vfio_pci_core is not loaded",
          "load it (modprobe vfio-pci); the probe can be made from then on");
    }
    boolean builtIn = !Files.exists(module.resolve("initstate"));
    if (!builtIn && !Files.exists(btf("vfio_pci_core"))) {
      throw new ProbeUnavailable(
          "there is no " + btf("vfio_pci_core"),
          "use a kernel with CONFIG_DEBUG_INFO_BTF_MODULES, and its own modules");
    }
  }

  private Path btf(String name) {
    return sys.resolve("kernel/btf").resolve(name);
  }

  private static String release() {
    return System.getProperty("os.version", "(unknown)");
  }
}
