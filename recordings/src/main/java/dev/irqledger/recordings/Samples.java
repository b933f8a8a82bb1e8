package dev.irqledger.recordings;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Recordings of real runs that come with the program, for demonstrations and tests. They lie on the
 * class path; the README beside them says where they come from.
 */
public final class Samples {
  /** A guest boots with an NVMe device and uses it several times, as QEMU saw it. */
  public static final String QEMU_BOOT_TRACE = "qemu-10.0.2-nvme.qemu-trace.log";

  /** The same run as the host kernel's probe saw it. */
  public static final String QEMU_BOOT_PROBE = "qemu-10.0.2-nvme.fprobe.txt";

  /** A device of 2,048 vectors runs a host of two CPUs out of interrupt vectors. */
  public static final String EXHAUSTION = "nvme2048-exhaustion.jsonl";

  private static final String INDEX = "index.txt";

  private Samples() {}

  /** The names of all samples. */
  public static List<String> names() {
    try (InputStream index = open(INDEX)) {
      return lines(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the kernel traces: JSON lines, one recording each. */
  public static List<String> kernelTraces() {
    return names().stream().filter(name -> name.endsWith(".jsonl")).toList();
  }

  /**
   * All lines of a sample, without their ends.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static List<String> lines(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no sample is named '" + name + "'");
    }
    try (InputStream packed = open(name + ".gz");
        InputStream text = new GZIPInputStream(packed)) {
      return lines(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(InputStream text) throws IOException {
    try (var reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream stream = Samples.class.getResourceAsStream("samples/" + file);
    if (stream == null) {
      throw new FileNotFoundException("samples/" + file);
    }
    return stream;
  }
}
