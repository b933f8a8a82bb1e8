package dev.irqledger.agent.observe;

import dev.irqledger.core.event.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose a thread is, from {@code /proc}. To be asked as soon as a thread is seen: a dying
 * process is soon gone, and has no arguments left even before. What was once learned of a process
 * is kept for it, told from a later one of the same number by its start time. The arguments
 * themselves are never kept. Not for use by several threads.
 */
public final class Actors {
  private static final int MOST_KEPT = 1024;
  private static final int MAX_ARGUMENT_BYTES = 1 << 18;

  /** Of {@code /proc/PID/stat}, counted from the field after the process's name (proc(5)). */
  private static final int START_TIME = 19;

  private final Path proc;
  private final Map<Life, Actor> known = kept();
  private final Map<Task, Actor> byThread = kept();

  private record Life(int pid, long startTime) {}

  /** A thread that may be gone; another of its number seldom has its name too. */
  private record Task(int id, String name) {}

  /**
   * @param proc where {@code proc} is mounted
   */
  public Actors(Path proc) {
    this.proc = proc;
  }

  /**
   * The thread's process.
   *
   * @param thread the thread's id
   * @param name the thread's name; it stands for the process's where that is gone and was never
   *     seen, as the thread's id stands for the process's
   */
  public Actor of(int thread, String name) {
    Task asked = new Task(thread, name);
    try {
      Actor found = read(thread);
      byThread.put(asked, found);
      return found;
    } catch (IOException | NumberFormatException _) {
      // the process is gone, or going: what is known of it must do
      Actor before = byThread.get(asked);
      return before == null ? Actor.process(thread, name) : before;
    }
  }

  private Actor read(int thread) throws IOException {
    int pid = processOf(thread);
    String stat = text(pid, "stat");
    int begin = stat.indexOf('(') + 1;
    int end = stat.lastIndexOf(')');
    String[] fields = stat.substring(end + 1).strip().split(" ", -1);
    if (begin == 0 || end < begin || fields.length <= START_TIME) {
      throw new IOException("not the form of stat: " + stat.length() + " characters");
    }
    String command = stat.substring(begin, end);
    Life process = new Life(pid, Long.parseLong(fields[START_TIME]));
    Actor before = known.get(process);
    if (before != null && command.equals(before.command())) {
      return before;
    }
    Actor now = actor(pid, command, before);
    known.put(process, now);
    return now;
  }

  private Actor actor(int pid, String command, @Nullable Actor before) throws IOException {
    List<String> arguments = arguments(pid);
    if (arguments.isEmpty() && before != null) {
      return new Actor(before.vm(), before.vmId(), pid, command, null);
    }
    VmIdentity vm = VmIdentity.of(arguments);
    return new Actor(vm.name(), vm.id(), pid, command, null);
  }

  private int processOf(int thread) throws IOException {
    for (String line : text(thread, "status").lines().toList()) {
      if (line.startsWith("Tgid:")) {
        return Integer.parseInt(line.substring("Tgid:".length()).strip());
      }
    }
    throw new IOException("no Tgid");
  }

  private List<String> arguments(int pid) throws IOException {
    try (var in = Files.newInputStream(file(pid, "cmdline"))) {
      byte[] bytes = in.readNBytes(MAX_ARGUMENT_BYTES);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
    }
  }

  private String text(int id, String name) throws IOException {
    // names of processes are any bytes
    return new String(Files.readAllBytes(file(id, name)), StandardCharsets.UTF_8);
  }

  private Path file(int id, String name) {
    return proc.resolve(Integer.toString(id)).resolve(name);
  }

  private static <K> Map<K, Actor> kept() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, Actor> eldest) {
        return size() > MOST_KEPT;
      }
    };
  }
}
