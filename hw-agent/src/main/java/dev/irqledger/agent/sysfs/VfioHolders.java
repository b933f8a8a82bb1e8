package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which processes have one of some files open, as the links of {@code /proc/PID/fd} tell. */
final class VfioHolders {
  private final Path proc;

  /**
   * @param holders a description of each: pid, command name, and a VM's name
   * @param unseen how many processes could not be looked at
   */
  record Found(List<String> holders, int unseen) {}

  VfioHolders(Path proc) {
    this.proc = proc;
  }

  /**
   * @param files as the links spell them, such as {@code /dev/vfio/7}
   */
  Found of(Set<String> files) {
    List<String> holders = new ArrayList<>();
    int unseen = 0;
    for (String pid : Attributes.names(proc).stream().filter(n -> n.matches("\\d+")).toList()) {
      try {
        if (holdsOne(proc.resolve(pid).resolve("fd"), files)) {
          holders.add(describe(pid));
        }
      } catch (VfioException e) {
        unseen++;
      }
    }
    holders.sort(null);
    return new Found(List.copyOf(holders), unseen);
  }

  private static boolean holdsOne(Path descriptors, Set<String> files) {
    for (String name : Attributes.names(descriptors)) {
      Path link = descriptors.resolve(name);
      try {
        if (files.contains(Files.readSymbolicLink(link).toString())) {
          return true;
        }
      } catch (IOException e) {
        if (!Attributes.isGone(e)) {
          throw Attributes.failure("reading the link " + link, e);
        }
      }
    }
    return false;
  }

  private String describe(String pid) {
    Path process = proc.resolve(pid);
    String command = Attributes.readIfThere(process.resolve("comm"));
    String vm = vmName(Attributes.readIfThere(process.resolve("cmdline")));
    return "pid "
        + pid
        + (command == null ? "" : " (" + printable(command) + ")")
        + (vm == null ? "" : ", VM '" + printable(vm) + "'");
  }

  /** QEMU's {@code -name guest=NAME,...} or {@code -name NAME}. Nothing else of a command line. */
  private static @Nullable String vmName(@Nullable String commandLine) {
    List<String> words = commandLine == null ? List.of() : List.of(commandLine.split("\0"));
    int at = words.indexOf("-name");
    if (at < 0 || at + 1 == words.size()) {
      return null;
    }
    String first = words.get(at + 1).split(",", 2)[0];
    return first.startsWith("guest=") ? first.substring("guest=".length()) : first;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
