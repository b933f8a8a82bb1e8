package dev.irqledger.agent.observe;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probe on every {@code VFIO_DEVICE_SET_IRQS} of the host, with a trace buffer of its own, so
 * that nobody else's tracing is disturbed. It is there from {@link #open} until {@link #close}, or
 * until the next run takes away what a killed one left.
 */
public final class SetIrqsProbe implements AutoCloseable {
  /** The trace instance: a directory of that name in {@code instances}. */
  public static final String INSTANCE = "irq-ledger";

  private static final Logger LOG = LoggerFactory.getLogger(SetIrqsProbe.class);

  /** A call takes about 500 bytes at most: this holds some thousand of them for each CPU. */
  private static final String BUFFER_KIB_PER_CPU = "1024";

  private final Tracefs tracefs;
  private final int fds;

  private SetIrqsProbe(Tracefs tracefs, int fds) {
    this.tracefs = tracefs;
    this.fds = fds;
  }

  /** Makes the probe on this host. */
  public static SetIrqsProbe open() throws ProbeUnavailable {
    return open(Tracefs.HOST, Path.of("/sys"), ProbeEvents.MOST_FDS);
  }

  /**
   * Makes the probe.
   *
   * @param tracefs the kernel's tracing files
   * @param sys where sysfs is mounted
   * @param fds how many descriptors of a call are fetched, 1 to 64; more cost room in the buffer
   * @throws ProbeUnavailable if the host has none; nothing of it is left then
   */
  public static SetIrqsProbe open(Tracefs tracefs, Path sys, int fds) throws ProbeUnavailable {
    if (fds < 1 || fds > ProbeEvents.MOST_FDS) {
      throw new IllegalArgumentException(
          "a probe fetches 1 to " + ProbeEvents.MOST_FDS + " descriptors, not " + fds);
    }
    new ProbePrecondition(tracefs, sys).check();
    SetIrqsProbe probe = new SetIrqsProbe(tracefs, fds);
    probe.removeLeftovers();
    try {
      probe.defineEvents();
      probe.makeInstance();
    } catch (ProbeUnavailable e) {
      probe.close();
      throw e;
    }
    return probe;
  }

  /** Where the buffer's text comes out; a reader takes it away. */
  public Path text() {
    return instance().resolve("trace_pipe");
  }

  /** Takes the probe away. To be called after the text's reader is closed: it holds the buffer. */
  @Override
  public void close() {
    try {
      remove();
    } catch (IOException e) {
      LOG.warn("the probe could not be removed, the next start will try again: {}", why(e));
    }
  }

  private void removeLeftovers() throws ProbeUnavailable {
    try {
      remove();
    } catch (IOException e) {
      throw new ProbeUnavailable(
          "what a former run left cannot be removed (" + why(e) + ")",
          "stop whatever reads " + text());
    }
  }

  private void remove() throws IOException {
    // the instance first: its events are in use as long as it is there
    Files.deleteIfExists(instance());
    for (String event : tracefs.events(ProbeEvents.GROUP)) {
      tracefs.change("-:" + ProbeEvents.GROUP + "/" + event);
    }
  }

  private void defineEvents() throws ProbeUnavailable {
    for (String definition : ProbeEvents.definitions(fds)) {
      try {
        tracefs.change(definition);
      } catch (AccessDeniedException e) {
        throw new ProbeUnavailable(why(e), "run the agent as root, and with kernel lockdown off");
      } catch (IOException e) {
        String function = definition.split(" ", 3)[1];
        String words = tracefs.latestError();
        throw new ProbeUnavailable(
            "the kernel does not trace "
                + function
                + " ("
                + (words.isEmpty() ? why(e) : words)
                + ")",
            "use a kernel 6.6 or later with CONFIG_FPROBE_EVENTS and its own vfio_pci_core");
      }
    }
  }

  private void makeInstance() throws ProbeUnavailable {
    Path instance = instance();
    try {
      Files.createDirectory(instance);
      // System.nanoTime is of the same clock, and all CPUs agree on it
      Tracefs.set(instance.resolve("trace_clock"), "mono");
      Tracefs.set(instance.resolve("buffer_size_kb"), BUFFER_KIB_PER_CPU);
      setIfThere(instance.resolve("buffer_percent"), "0"); // wakes the reader for every entry
      Tracefs.set(instance.resolve("events/" + ProbeEvents.GROUP + "/enable"), "1");
      setIfThere(instance.resolve("events/irq_matrix/enable"), "1");
      Tracefs.set(instance.resolve("tracing_on"), "1");
    } catch (IOException e) {
      throw new ProbeUnavailable(
          "the trace instance " + instance + " cannot be set up (" + why(e) + ")",
          "look into the kernel's log; it may be short of memory");
    }
  }

  private static void setIfThere(Path file, String value) throws IOException {
    if (Files.exists(file)) {
      Tracefs.set(file, value);
    }
  }

  private Path instance() {
    return tracefs.instance(INSTANCE);
  }

  private static String why(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }
}
