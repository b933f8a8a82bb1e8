package dev.irqledger.agent.observe;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine's name and UUID, as its monitor's arguments give them. Sources: {@code -name}
 * and {@code -uuid} of qemu(1), which libvirt uses too; {@code --platform uuid=} of
 * cloud-hypervisor; {@code --name} of crosvm's {@code run}.
 *
 * @param name null where there is none
 * @param id null where there is none
 */
record VmIdentity(@Nullable String name, @Nullable UUID id) {
  static final VmIdentity NONE = new VmIdentity(null, null);

  private static final int MAX_NAME = 128;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Reads the arguments of a process, the program's own name first; others' are not looked at. */
  static VmIdentity of(List<String> arguments) {
    if (arguments.isEmpty()) {
      return NONE;
    }
    String path = arguments.getFirst();
    String program = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (program.startsWith("qemu") || program.equals("kvm")) {
      return new VmIdentity(
          name(part(option(arguments, "name"), "guest", true)), uuid(option(arguments, "uuid")));
    }
    if (program.startsWith("cloud-hypervisor")) {
      return new VmIdentity(null, uuid(part(option(arguments, "platform"), "uuid", false)));
    }
    return program.startsWith("crosvm")
        ? new VmIdentity(name(option(arguments, "name")), null)
        : NONE;
  }

  /** The value of {@code -key value}, {@code --key value} or {@code --key=value}. */
  private static @Nullable String option(List<String> arguments, String key) {
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--" + key + "=")) {
        return argument.substring(key.length() + 3);
      }
      boolean named = argument.equals("-" + key) || argument.equals("--" + key);
      if (named && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return null;
  }

  /**
   * The value of a key in a list such as {@code guest=web,debug-threads=on}; a comma is doubled.
   */
  private static @Nullable String part(@Nullable String list, String key, boolean orFirst) {
    if (list == null) {
      return null;
    }
    String[] parts = list.replace(",,", "\0").split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].replace('\0', ',');
      if (part.startsWith(key + "=")) {
        return part.substring(key.length() + 1);
      }
      if (orFirst && i == 0 && !part.contains("=")) {
        return part;
      }
    }
    return null;
  }

  private static @Nullable String name(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String printable = UNPRINTABLE.matcher(text).replaceAll("?");
    return printable.substring(0, Math.min(printable.length(), MAX_NAME));
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    return text != null && UUID_FORM.matcher(text).matches() ? UUID.fromString(text) : null;
  }
}
