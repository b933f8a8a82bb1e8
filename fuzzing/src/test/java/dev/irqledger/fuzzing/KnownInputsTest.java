package dev.irqledger.fuzzing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.fuzzing.targets.Target;
import dev.irqledger.fuzzing.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without fuzzing: what every target begins with, and every input that failed once. */
class KnownInputsTest {
  private static final Folders FOLDERS = new Folders(Path.of(""));

  @ParameterizedTest
  @EnumSource
  void what_must_hold_does_for_the_seeds_and_for_what_failed_once(Targets which)
      throws IOException {
    try (Target target = which.make()) {
      List<byte[]> seeds = target.seeds().toList();
      assertFalse(seeds.isEmpty());
      for (byte[] seed : seeds) {
        assertTrue(seed.length <= target.longest(), "a seed of " + seed.length + " bytes is cut");
        target.check(seed);
      }
      for (Path finding : FOLDERS.findingsOf(which)) {
        target.check(Files.readAllBytes(finding));
      }
      target.check(new byte[0]);
    }
  }

  @Test
  void every_finding_is_one_of_a_target() throws IOException {
    Set<String> targets = new HashSet<>();
    Arrays.stream(Targets.values()).forEach(target -> targets.add(target.label()));
    try (var folders = Files.list(Path.of("findings"))) {
      folders.forEach(folder ->
          assertTrue(targets.contains(String.valueOf(folder.getFileName())), () -> "" + folder));
    }
  }
}
