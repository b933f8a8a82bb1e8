package dev.irqledger.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The same quantity of several contestants, round by round, each held against the baselines of its
 * own round: what else the machine does changes from one minute to the next, and within a round
 * hits all alike.
 */
public final class Comparison {
  private final String title;
  private final String unit;
  private final List<String> baselines;
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();
  private @Nullable Comparison processorTime;
  private long events;

  /**
   * @param title what is measured
   * @param baselines which contestants the others are held against; perhaps none
   */
  public Comparison(String title, String unit, String... baselines) {
    this.title = title;
    this.unit = unit;
    this.baselines = List.of(baselines);
  }

  /**
   * A contestant's figures.
   *
   * @param name the contestant
   * @param median of its rounds
   * @param rounds what each round gave, in order
   * @param of the median of the rounds' ratios to a baseline, by the baseline's name
   */
  public record Row(String name, double median, List<Double> rounds, Map<String, Double> of) {}

  /** Adds what the next round of a contestant gave. */
  public void add(String name, double value) {
    rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /**
   * Another comparison of the same contestants, which is filled as this one is measured: the
   * processor time of the whole process for each event.
   *
   * @param number how many events a contestant takes in a round
   */
  public Comparison withProcessorTime(long number) {
    Comparison costs =
        new Comparison(
            "processor time of the whole process", "ns/event", baselines.toArray(String[]::new));
    processorTime = costs;
    events = number;
    return costs;
  }

  /**
   * Measures all contestants in turn, round by round, every other round in the reverse order.
   *
   * @param unmeasured so many rounds before those that count
   * @param contestants each measures itself once
   */
  public void measure(
      int unmeasured,
      int counted,
      Consumer<String> progress,
      SequencedMap<String, Callable<Double>> contestants)
      throws Exception {
    for (int round = 1 - unmeasured; round <= counted; round++) {
      Collection<Map.Entry<String, Callable<Double>>> order =
          round % 2 == 0
              ? contestants.reversed().sequencedEntrySet()
              : contestants.sequencedEntrySet();
      for (Map.Entry<String, Callable<Double>> contestant : order) {
        long before = Timed.processorNanos();
        double value = contestant.getValue().call();
        long nanos = Timed.processorNanos() - before;
        progress.accept(
            "round %d: %s %s %s".formatted(round, contestant.getKey(), Report.number(value), unit));
        if (round > 0) {
          add(contestant.getKey(), value);
          if (processorTime != null) {
            processorTime.add(contestant.getKey(), nanos / (double) events);
          }
        }
      }
    }
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  List<String> baselines() {
    return baselines;
  }

  /** All contestants, in the order in which they came. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rounds.forEach((name, values) -> {
      Map<String, Double> of = new LinkedHashMap<>();
      baselines.forEach(baseline -> of.put(baseline, ratio(values, baseline)));
      rows.add(new Row(name, Timed.median(values), List.copyOf(values), of));
    });
    return rows;
  }

  private double ratio(List<Double> values, String baseline) {
    List<Double> against = rounds.getOrDefault(baseline, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(values.size(), against.size()); i++) {
      ratios.add(values.get(i) / against.get(i));
    }
    return ratios.isEmpty() ? Double.NaN : Timed.median(ratios);
  }
}
