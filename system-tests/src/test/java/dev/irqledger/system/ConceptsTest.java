package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.standalone.GuestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture of the phases in {@code docs/concepts.md} is what vectors do. */
class ConceptsTest {
  private static final int EVENTS = 60_000;
  private static final String PHASES =
      Arrays.stream(Phase.values()).map(Phase::name).collect(Collectors.joining("|"));
  private static final Pattern EDGE =
      Pattern.compile("^ +(" + PHASES + ") --> (" + PHASES + "):.*", Pattern.MULTILINE);

  @Test
  void every_change_of_phase_is_in_the_picture_and_no_other() throws IOException {
    Set<String> drawn = new TreeSet<>();
    String page = Files.readString(Path.of("..", "docs", "concepts.md"));
    EDGE.matcher(page).results().forEach(edge -> drawn.add(edge.group(1) + "->" + edge.group(2)));
    assertEquals(happened(), drawn);
  }

  private static Set<String> happened() {
    GuestFleet fleet = new GuestFleet(10, 20, Instant.parse("2026-01-01T00:00:00Z"), 1);
    Map<DeviceKey, DeviceState> states = new HashMap<>();
    Set<String> edges = new TreeSet<>();
    for (int i = 0; i < EVENTS; i++) {
      InterruptEvent event = fleet.next().event();
      DeviceState before = states.computeIfAbsent(event.device(), DeviceState::unseen);
      Folded folded = Ledger.fold(before, event);
      states.put(event.device(), folded.state());
      folded.changes().forEach(change -> note(change, edges));
    }
    return edges;
  }

  private static void note(Change change, Set<String> edges) {
    switch (change) {
      case Change.VectorChanged(int _, VectorState before, VectorState after) ->
          note(phase(before), phase(after), edges);
      case Change.AllReleased(var before) ->
          before.forEach((_, vector) -> note(vector.phase(), Phase.FREE, edges));
      default -> {}
    }
  }

  private static Phase phase(VectorState vector) {
    return vector == null ? Phase.FREE : vector.phase();
  }

  private static void note(Phase before, Phase after, Set<String> edges) {
    if (before != after) {
      edges.add(before + "->" + after);
    }
  }
}
