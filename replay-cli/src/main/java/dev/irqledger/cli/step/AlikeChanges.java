package dev.irqledger.cli.step;

import dev.irqledger.cli.Words;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Transition;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vectors to which an event did the same.
 *
 * @param vectors which, in words
 * @param fromTo what they were and are, in words
 * @param transition what it was for each of them
 */
record AlikeChanges(String vectors, String fromTo, Transition transition) {
  private record Way(Phase from, Phase to, Transition transition) {}

  /** All vectors that the event changed: the chosen one alone, at first; the others together. */
  static List<AlikeChanges> of(Step step, int chosen) {
    Map<Way, List<Integer>> ways = new LinkedHashMap<>();
    List<AlikeChanges> all = new ArrayList<>();
    for (int v = 0; v < KernelView.MAX_VECTORS; v++) {
      if (step.changed(v)) {
        Way way = way(step, v);
        if (v == chosen) {
          all.add(
              new AlikeChanges(
                  "vector " + v,
                  Words.vector(step.before(v)) + " -> " + Words.vector(step.after(v)),
                  way.transition()));
        } else {
          ways.computeIfAbsent(way, _ -> new ArrayList<>()).add(v);
        }
      }
    }
    ways.forEach((way, vectors) ->
        all.add(
            new AlikeChanges(named(vectors), way.from() + " -> " + way.to(), way.transition())));
    return all;
  }

  private static Way way(Step step, int vector) {
    VectorState before = step.before(vector);
    VectorState after = step.after(vector);
    Transition transition =
        Transition.of(
            step.event().body(),
            step.earlier().interrupts().mode(),
            step.folded().state().interrupts().mode(),
            before,
            after);
    return new Way(phase(before), phase(after), transition);
  }

  private static Phase phase(@Nullable VectorState state) {
    return state == null ? Phase.FREE : state.phase();
  }

  /** Such as {@code 3 vectors, 4-5 and 9}, or the first of them where they are many pieces. */
  private static String named(List<Integer> vectors) {
    List<String> runs = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= vectors.size(); i++) {
      if (i == vectors.size() || vectors.get(i) != vectors.get(i - 1) + 1) {
        int from = vectors.get(first);
        int to = vectors.get(i - 1);
        runs.add(from == to ? String.valueOf(from) : from + "-" + to);
        first = i;
      }
    }
    String listed = String.join(", ", runs.subList(0, Math.min(6, runs.size())));
    String more = runs.size() > 6 ? ", ..." : "";
    return (vectors.size() == 1 ? "vector " : vectors.size() + " vectors ") + listed + more;
  }
}
