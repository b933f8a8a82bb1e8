package dev.irqledger.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies point one way. */
class ModuleDependenciesTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.irqledger");

  @Test
  void modules_use_only_those_below_them() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.irqledger..")
        .layer("core")
        .definedBy("dev.irqledger.core..")
        .layer("schemas")
        .definedBy("dev.irqledger.wire..")
        .layer("launch")
        .definedBy("dev.irqledger.launch..")
        .layer("recordings")
        .definedBy("dev.irqledger.recordings..")
        .layer("replay-engine")
        .definedBy("dev.irqledger.replay..")
        .layer("web")
        .definedBy("dev.irqledger.web..")
        .layer("hw-agent")
        .definedBy("dev.irqledger.agent..")
        .layer("ledger-service")
        .definedBy("dev.irqledger.service..")
        .layer("replay-cli")
        .definedBy("dev.irqledger.cli..")
        .layer("standalone")
        .definedBy("dev.irqledger.standalone..")
        .layer("simulation")
        .definedBy("dev.irqledger.simulation..")
        .layer("faults")
        .definedBy("dev.irqledger.faults..")
        .layer("fuzzing")
        .definedBy("dev.irqledger.fuzzing..")
        .whereLayer("standalone")
        .mayOnlyBeAccessedByLayers("faults")
        .whereLayer("faults")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("simulation")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("fuzzing")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("simulation")
        .mayOnlyAccessLayers(
            "core", "schemas", "launch", "recordings", "hw-agent", "ledger-service")
        .whereLayer("hw-agent")
        .mayOnlyBeAccessedByLayers("standalone", "simulation", "faults", "fuzzing")
        .whereLayer("ledger-service")
        .mayOnlyBeAccessedByLayers("standalone", "simulation", "fuzzing")
        .whereLayer("replay-cli")
        .mayOnlyBeAccessedByLayers("standalone", "fuzzing")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("ledger-service", "replay-cli", "standalone", "fuzzing")
        .whereLayer("web")
        .mayOnlyAccessLayers("core", "schemas", "replay-engine")
        .whereLayer("replay-engine")
        .mayOnlyBeAccessedByLayers("web", "ledger-service", "replay-cli", "standalone", "fuzzing")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("schemas")
        .mayOnlyAccessLayers("core")
        .whereLayer("launch")
        .mayOnlyAccessLayers("schemas")
        .whereLayer("recordings")
        .mayOnlyAccessLayers("core")
        .check(PROGRAM);
  }

  @Test
  void no_packages_depend_on_each_other_in_a_circle() {
    slices().matching("dev.irqledger.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void the_core_needs_java_base_alone() {
    noClasses()
        .that()
        .resideInAPackage("dev.irqledger.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "dev.irqledger.core..",
            "java.lang..",
            "java.math..",
            "java.nio..",
            "java.time..",
            "java.util..",
            "org.jspecify..")
        .check(PROGRAM);
  }

  @Test
  void the_foreign_function_interface_is_used_by_one_package_of_the_agent() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.irqledger.agent.linux..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(PROGRAM);
  }

  @Test
  void http_is_spoken_by_one_package() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.irqledger.web.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(PROGRAM);
  }

  @Test
  void nobody_prints_but_through_the_command_lines_writers() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(PROGRAM);
  }

  @Test
  void names_tell_what_lives_there() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Base|Misc)")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..model..")
        .check(PROGRAM);
  }
}
