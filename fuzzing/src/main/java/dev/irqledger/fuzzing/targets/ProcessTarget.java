package dev.irqledger.fuzzing.targets;

import dev.irqledger.agent.observe.Actors;
import dev.irqledger.core.event.Actor;
import dev.irqledger.recordings.PrintableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code /proc} says of another's process: its {@code status}, {@code stat} and {@code
 * cmdline}, with a byte 0xff between them. Its owner decides what is in them. An actor comes out,
 * always, and the name of its virtual machine can be shown on a terminal.
 */
final class ProcessTarget implements Target {
  private static final int THREAD = 7;
  private static final byte BETWEEN = (byte) 0xff;
  private static final int LONGEST_NAME = 128;
  private static final List<String> FILES = List.of("status", "stat", "cmdline");

  private final Scratch scratch = new Scratch();
  private final Path process = scratch.path().resolve(Integer.toString(THREAD));

  @Override
  public void check(byte[] input) throws IOException {
    Files.createDirectories(process);
    int from = 0;
    for (String name : FILES) {
      int to = from;
      while (to < input.length && (input[to] != BETWEEN || name.equals(FILES.getLast()))) {
        to++;
      }
      Files.write(process.resolve(name), Arrays.copyOfRange(input, Math.min(from, to), to));
      from = Math.min(input.length, to + 1);
    }
    Actors actors = new Actors(scratch.path());
    Actor actor = actors.of(THREAD, "thread");
    Broken.unlessEqual(actor, actors.of(THREAD, "thread"), "who it is, asked again");
    String vm = actor.vm();
    Broken.unless(
        vm == null || (vm.length() <= LONGEST_NAME && PrintableText.is(vm)), "a name: " + vm);
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "qemu-system-x86\0-name\0guest=web,,3,debug-threads=on\0-uuid\0"
                + "01234567-89ab-7cde-8f01-23456789abcd\0",
            "cloud-hypervisor\0--platform\0uuid=01234567-89ab-7cde-8f01-23456789abcd\0",
            "/usr/bin/crosvm\0run\0--name=web-3\0")
        .map(ProcessTarget::process);
  }

  private static byte[] process(String arguments) {
    byte[] text =
        Text.bytes(
            "Name:\tCPU 0/KVM\nTgid:\t7\nPid:\t7\n\1"
                + "7 (qemu (x) 1) S 1 7 7 0 -1 4 1 0 0 0 1 1 0 0 20 0 4 0 12345 1 1\n\1"
                + arguments);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == 1 ? BETWEEN : text[i];
    }
    return text;
  }

  @Override
  public List<String> words() {
    return List.of("Tgid:\t7\n", "-name\0", "guest=", ",,", "uuid=", "kvm\0", "crosvm\0");
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
