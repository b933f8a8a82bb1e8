package dev.irqledger.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.event.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorsTest {
  @TempDir Path proc;

  private void process(int pid, String command, long startTime, String... arguments)
      throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(directory.resolve("status"), "Name:\t" + command + "\nTgid:\t" + pid + "\n");
    Files.writeString(
        directory.resolve("stat"),
        pid + " (" + command + ") S" + " 0".repeat(18) + " " + startTime + " 1 2\n");
    Files.writeString(directory.resolve("cmdline"), String.join("\0", arguments) + "\0");
  }

  private void thread(int id, int pid) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Integer.toString(id)));
    Files.writeString(directory.resolve("status"), "Name:\tCPU 0/KVM\nTgid:\t" + pid + "\n");
  }

  private void gone(int pid) throws IOException {
    for (String file : List.of("status", "stat", "cmdline")) {
      Files.deleteIfExists(proc.resolve(pid + "/" + file));
    }
  }

  @Test
  void a_thread_belongs_to_its_process_and_the_process_to_its_vm() throws IOException {
    process(100, "qemu-system-x86", 5, "/usr/bin/qemu-system-x86_64", "-name", "guest=web");
    thread(107, 100);
    assertEquals(
        new Actor("web", null, 100, "qemu-system-x86", null),
        new Actors(proc).of(107, "CPU 0/KVM"));
  }

  @Test
  void a_dying_process_without_arguments_keeps_its_vms_name() throws IOException {
    process(100, "qemu", 5, "qemu-system-x86_64", "-name", "web");
    Actors actors = new Actors(proc);
    actors.of(100, "qemu");
    Files.writeString(proc.resolve("100/cmdline"), "");
    assertEquals("web", actors.of(100, "qemu").vm());
    gone(100);
    assertEquals("web", actors.of(100, "qemu").vm());
  }

  @Test
  void another_process_of_the_same_number_is_another() throws IOException {
    process(100, "qemu", 5, "qemu-system-x86_64", "-name", "web");
    Actors actors = new Actors(proc);
    actors.of(100, "qemu");
    process(100, "qemu", 6, "qemu-system-x86_64", "-name", "db");
    assertEquals("db", actors.of(100, "qemu").vm());
    gone(100);
    assertNull(actors.of(100, "bash").vm());
  }

  @Test
  void a_program_that_replaces_itself_is_looked_at_again() throws IOException {
    process(100, "sh", 5, "sh", "-c", "exec qemu");
    Actors actors = new Actors(proc);
    assertNull(actors.of(100, "sh").vm());
    process(100, "qemu", 5, "qemu-system-x86_64", "-name", "web");
    assertEquals("web", actors.of(100, "qemu").vm());
  }

  @Test
  void of_a_process_that_nobody_saw_the_thread_is_all_that_is_known() {
    assertEquals(Actor.process(7, "x"), new Actors(proc).of(7, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "100", "100 qemu) S 1", ") 100 ("})
  void of_a_process_whose_stat_has_another_form_the_thread_is_all_that_is_known(String stat)
      throws IOException {
    process(100, "qemu", 5, "qemu-system-x86_64", "-name", "web");
    Files.writeString(proc.resolve("100/stat"), stat + " 0".repeat(20));
    assertEquals(Actor.process(100, "x"), new Actors(proc).of(100, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          qemu-system-x86_64 -name web                            | web  |
          /usr/bin/qemu-system-x86_64 -name guest=web,debug-threads=on | web |
          qemu-system-x86_64 -name debug-threads=on,guest=a,,b    | a,b  |
          qemu-system-aarch64 --name web,process=x                | web  |
          kvm -m 1 -uuid 11111111-2222-3333-4444-555555555555     |      | 11111111-2222-3333-4444-555555555555
          qemu-system-x86_64 -uuid nonsense -name                 |      |
          cloud-hypervisor --platform num_pci_segments=2,uuid=11111111-2222-3333-4444-555555555555 | | 11111111-2222-3333-4444-555555555555
          crosvm run --name=web vmlinux                           | web  |
          bash -name web                                          |      |
          """)
  void a_vms_name_is_found_in_its_monitors_arguments(String arguments, String name, String id) {
    assertEquals(
        new VmIdentity(name, id == null ? null : UUID.fromString(id)),
        VmIdentity.of(List.of(arguments.split(" "))));
  }
}
