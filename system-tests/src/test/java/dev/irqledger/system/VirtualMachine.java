package dev.irqledger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A virtual machine with a real kernel and real VFIO devices, by {@code vm/boot}. What it left
 * stays in {@code target/vm/NAME} until it is closed after a run that was as expected.
 */
final class VirtualMachine implements AutoCloseable {
  /** Beyond the machine's own limit: preparing it, which may fetch a kernel. */
  private static final Duration PREPARING = Duration.ofMinutes(5);

  private final Path folder;
  private boolean asExpected;

  VirtualMachine(String name) throws IOException {
    folder = Path.of("target", "vm", name).toAbsolutePath();
    delete(folder);
    Files.createDirectories(folder);
  }

  /**
   * The end of a run.
   *
   * @param exit the command's exit code; 124 when the time was up, 125 when the guest died, 126
   *     when it could not be booted
   * @param said what {@code vm/boot} said, with the end of the console where the guest died
   * @param devices the address of each device, by its name
   */
  record Run(int exit, String stdout, String stderr, String said, Map<String, String> devices) {}

  /** The folder that the guest sees as {@code /mnt/out}. */
  Path folder() {
    return folder;
  }

  /**
   * Boots, runs a command and ends.
   *
   * @param options of {@code vm/boot}, without {@code --out} and {@code --timeout}
   * @throws IOException if it cannot be started, or did not end in time (it is ended then)
   */
  Run run(Duration limit, List<String> options, String... command)
      throws IOException, InterruptedException {
    Path said = folder.resolve("boot.log");
    Process boot =
        new ProcessBuilder(arguments(limit, options, command))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      if (!boot.waitFor(limit.plus(PREPARING).toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("vm/boot did not end in time; see " + said);
      }
    } finally {
      // Not forcibly: the script ends QEMU when it is asked to end.
      boot.destroy();
    }
    return new Run(boot.exitValue(), read("stdout"), read("stderr"), read("boot.log"), devices());
  }

  private List<String> arguments(Duration limit, List<String> options, String... command) {
    List<String> words =
        new ArrayList<>(List.of(Path.of("vm", "boot").toAbsolutePath().toString()));
    words.addAll(options);
    words.addAll(List.of("--timeout", Long.toString(limit.toSeconds())));
    words.addAll(List.of("--out", folder.toString(), "--"));
    words.addAll(List.of(command));
    return words;
  }

  private Map<String, String> devices() throws IOException {
    Map<String, String> devices = new LinkedHashMap<>();
    for (String line : read("devices").lines().toList()) {
      String[] words = line.split(" ", 2);
      devices.put(words[0], words.length == 2 ? words[1] : "");
    }
    return devices;
  }

  /** A file that the run left, or nothing where it did not come that far. */
  private String read(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** To be called last in a test: what the machine left is of no further interest. */
  void wasAsExpected() {
    asExpected = true;
  }

  @Override
  public void close() throws IOException {
    if (asExpected) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
