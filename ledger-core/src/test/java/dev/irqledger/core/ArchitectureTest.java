package dev.irqledger.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.irqledger.core.fold.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final String CORE = "dev.irqledger.core.";
  private static final List<String> ORDER = List.of("fold", "rule", "state", "event", "device");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.irqledger.core");

  @Test
  void the_core_has_these_packages_and_no_other() {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(c -> packages.add(c.getPackageName().replace(CORE, "")));
    Set<String> expected = new TreeSet<>(ORDER);
    expected.add("point");
    expected.add("policy");
    expected.add("whatif");
    assertEquals(expected, packages);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void dependencies_point_from_the_fold_to_the_device(int place) {
    String[] allowed =
        ORDER.subList(place, ORDER.size()).stream().map(p -> CORE + p).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(CORE + ORDER.get(place))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(resideInAnyPackage("java..", "org.jspecify.annotations")))
        .check(CLASSES);
  }

  @Test
  void policies_stand_above_the_rules_and_the_fold_knows_none() {
    classes()
        .that()
        .resideInAPackage(CORE + "policy")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                CORE + "policy",
                CORE + "rule",
                CORE + "state",
                CORE + "event",
                CORE + "device",
                "java..",
                "org.jspecify.annotations"))
        .check(CLASSES);
  }

  @Test
  void what_if_stands_above_all_and_no_other_package_knows_it() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + "whatif")
        .should()
        .dependOnClassesThat(resideInAPackage(CORE + "whatif"))
        .check(CLASSES);
  }

  @Test
  void points_stand_alone() {
    classes()
        .that()
        .resideInAPackage(CORE + "point")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(CORE + "point", "java..", "org.jspecify.annotations"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + "point")
        .should()
        .dependOnClassesThat(resideInAPackage(CORE + "point"))
        .check(CLASSES);
  }

  @Test
  void the_module_requires_java_base_and_at_compile_time_jspecify()
      throws IOException, URISyntaxException {
    URI classes = Ledger.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    ModuleDescriptor descriptor;
    try (InputStream in = Files.newInputStream(Path.of(classes).resolve("module-info.class"))) {
      descriptor = ModuleDescriptor.read(in);
    }
    Map<String, Boolean> atCompileTime = new TreeMap<>();
    for (ModuleDescriptor.Requires requires : descriptor.requires()) {
      atCompileTime.put(requires.name(), requires.modifiers().contains(Modifier.STATIC));
    }
    assertEquals(Map.of("java.base", false, "org.jspecify", true), atCompileTime);
    assertFalse(descriptor.isOpen());
  }

  @Test
  void time_is_data_and_the_core_asks_no_clock() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses().should().callMethod(System.class, "nanoTime").check(CLASSES);
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
  }

  @Test
  void the_core_asks_no_random_source() {
    noClasses().should().dependOnClassesThat().areAssignableTo(Random.class).check(CLASSES);
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.random").check(CLASSES);
    noClasses().should().callMethod(Math.class, "random").check(CLASSES);
    noClasses().should().callMethod(UUID.class, "randomUUID").check(CLASSES);
  }

  @Test
  void the_core_logs_nothing_prints_nothing_and_reads_nothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging", "org.slf4j..", "java.io", "java.nio.file", "java.net")
        .check(CLASSES);
    noClasses().should().dependOnClassesThat().areAssignableTo(System.Logger.class).check(CLASSES);
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
    noClasses().should().callMethod(System.class, "getenv", String.class).check(CLASSES);
    noClasses().should().callMethod(System.class, "getProperty", String.class).check(CLASSES);
  }

  @Test
  void the_core_starts_no_thread_and_waits_for_none() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .check(CLASSES);
    noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class).check(CLASSES);
  }
}
