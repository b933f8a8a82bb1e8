package dev.irqledger.agent.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.StructLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every number and structure of {@link Uapi} against what a C program says of the kernel's own
 * headers: those of the system, or, of a newer kernel, those in the folder that the environment
 * variable {@code IRQ_LEDGER_UAPI} names (a source tree's {@code include/uapi}).
 */
class UapiTest {
  /** What headers before 6.6 lack, and the macro that tells whether they do. */
  private static final Map<String, String> NEW_STRUCTURES =
      Map.of(
          "vfio_device_bind_iommufd", "VFIO_DEVICE_BIND_IOMMUFD",
          "vfio_device_attach_iommufd_pt", "VFIO_DEVICE_ATTACH_IOMMUFD_PT",
          "iommu_ioas_alloc", "IOMMU_IOAS_ALLOC");

  /** Structures to which kernels add members; they are told how many the caller knows. */
  private static final Set<String> GROWING =
      Set.of("vfio_device_info", "vfio_device_bind_iommufd", "vfio_device_attach_iommufd_pt");

  private static final String ABSENT = "absent";

  private static Map<String, String> header = Map.of();

  @BeforeAll
  static void compile_and_run_the_c_program(@TempDir Path folder) throws Exception {
    if (!works("gcc", "--version")) {
      String reason = "without gcc the numbers cannot be compared with the kernel's headers";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      abort(reason);
    }
    Path source = Files.writeString(folder.resolve("uapi.c"), program());
    Path program = folder.resolve("uapi");
    List<String> command = new ArrayList<>(List.of("gcc", "-Wall", "-D__user=", "-I"));
    command.add(headers(folder).toString());
    command.addAll(List.of("-o", program.toString(), source.toString()));
    output(command);
    header = parse(output(List.of(program.toString())));
  }

  @Test
  void constants_are_those_of_the_headers() {
    Map<String, String> expected = new TreeMap<>();
    constants().forEach((name, value) -> expected.put(name, String.valueOf(value)));
    assertEquals(expected, present(expected.keySet(), expected));
  }

  @Test
  void members_lie_where_the_headers_put_them() {
    Map<String, String> expected = new TreeMap<>();
    for (StructLayout structure : structures()) {
      for (MemoryLayout member : named(structure)) {
        String name = member.name().orElseThrow();
        String at = Uapi.offset(structure, name) + "+" + member.byteSize();
        expected.put(structure.name().orElseThrow() + "." + name, at);
      }
    }
    assertEquals(expected, present(expected.keySet(), expected));
  }

  @Test
  void structures_are_as_long_as_in_the_headers_unless_they_grow() {
    for (StructLayout structure : structures()) {
      String name = structure.name().orElseThrow();
      String size = header.get("sizeof." + name);
      if (ABSENT.equals(size)) {
        continue; // told by only_what_is_newer_than_the_headers_is_absent
      }
      long bytes = Long.parseLong(String.valueOf(size));
      assertTrue(
          GROWING.contains(name) ? structure.byteSize() <= bytes : structure.byteSize() == bytes,
          () -> name + ": " + structure.byteSize() + " of " + bytes + " bytes");
    }
  }

  @Test
  void only_what_is_newer_than_the_headers_is_absent() {
    Set<String> absent = new TreeSet<>();
    header.forEach((name, value) -> {
      if (value.equals(ABSENT)) {
        absent.add(name);
      }
    });
    if (!absent.isEmpty()) {
      System.out.println("not compared, since the headers are older: " + absent);
    }
    for (String name : absent) {
      assertTrue(
          NEW_STRUCTURES.containsValue(name)
              || NEW_STRUCTURES.keySet().stream().anyMatch(name::contains),
          name);
    }
    assertFalse(header.isEmpty());
  }

  /** What the headers say of these; what they lack counts as expected. */
  private static Map<String, String> present(Set<String> names, Map<String, String> expected) {
    Map<String, String> found = new TreeMap<>();
    for (String name : names) {
      String value = header.getOrDefault(name, "not printed");
      found.put(name, value.equals(ABSENT) ? expected.get(name) : value);
    }
    return found;
  }

  private static String program() {
    StringBuilder c = new StringBuilder();
    c.append(
        """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <linux/vfio.h>
        #if __has_include(<linux/iommufd.h>)
        #include <linux/iommufd.h>
        #endif
        int main(void) {
        """);
    constants()
        .keySet()
        .forEach(name ->
            ifDefined(c, name, "printf(\"%s %%d\\n\", (int) %s);".formatted(name, name), name));
    for (StructLayout structure : structures()) {
      String name = structure.name().orElseThrow();
      String macro = NEW_STRUCTURES.getOrDefault(name, "VFIO_API_VERSION");
      String size = "printf(\"sizeof.%s %%zu\\n\", sizeof(struct %s));".formatted(name, name);
      ifDefined(c, macro, size, "sizeof." + name);
      for (MemoryLayout member : named(structure)) {
        String of = member.name().orElseThrow();
        String print =
            "printf(\"%s.%s %%zu+%%zu\\n\", offsetof(struct %s, %s), sizeof(((struct %s *) 0)->%s));"
                .formatted(name, of, name, of, name, of);
        ifDefined(c, macro, print, name + "." + of);
      }
    }
    return c.append("return 0;\n}\n").toString();
  }

  private static void ifDefined(StringBuilder c, String macro, String statement, String name) {
    c.append("#ifdef ").append(macro).append('\n').append(statement).append('\n');
    c.append("#else\nputs(\"").append(name).append(' ').append(ABSENT).append("\");\n#endif\n");
  }

  private static Map<String, Integer> constants() {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (Field field : fields(int.class)) {
      found.put(field.getName(), (Integer) value(field));
    }
    return found;
  }

  private static List<StructLayout> structures() {
    return fields(StructLayout.class).stream().map(field -> (StructLayout) value(field)).toList();
  }

  private static List<Field> fields(Class<?> type) {
    return Arrays.stream(Uapi.class.getDeclaredFields())
        .filter(field -> field.getType() == type && !Modifier.isPrivate(field.getModifiers()))
        .toList();
  }

  private static Object value(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static List<MemoryLayout> named(StructLayout structure) {
    return structure.memberLayouts().stream()
        .filter(member -> !(member instanceof PaddingLayout))
        .toList();
  }

  /** An empty folder, or one with a newer kernel's headers of these two and no others. */
  private static Path headers(Path folder) throws IOException {
    Path include = Files.createDirectories(folder.resolve("include/linux"));
    String newer = System.getenv("IRQ_LEDGER_UAPI");
    if (newer != null) {
      for (String name : List.of("vfio.h", "iommufd.h")) {
        Files.copy(Path.of(newer, "linux", name), include.resolve(name));
      }
    }
    return include.getParent();
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    text.lines()
        .forEach(line -> {
          String[] words = line.split(" ", 2);
          found.put(words[0], words[1]);
        });
    return found;
  }
}
