package dev.irqledger.core.fold;

import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/** What can be done to a log, and the rules that it breaks, in the order in which they tell. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable
enum LogTampering {
  AN_EVENT_IS_LOST(List.of(Rule.SEQUENCE_GAP)) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(events, i);
    }
  },
  AN_EVENT_COMES_TWICE_IN_A_ROW(List.of()) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(events, i, events.get(i), events.get(i));
    }
  },
  AN_EVENT_COMES_AGAIN_AFTER_THE_NEXT_ONE(List.of()) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(events, i + 1, events.get(i + 1), events.get(i));
    }
  },
  TWO_EVENTS_CHANGE_PLACES(List.of(Rule.SEQUENCE_GAP, Rule.SEQUENCE_CONFLICT)) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(replaced(events, i), i, events.get(i + 1), events.get(i));
    }
  },
  AN_EVENT_IS_ALTERED_AND_LATER_ONES_ARE_NOT(List.of(Rule.CHAIN_BROKEN)) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(events, i, other(events.get(i)));
    }
  },
  A_SECOND_EVENT_BEARS_THE_SAME_NUMBER(List.of(Rule.SEQUENCE_CONFLICT)) {
    @Override
    List<InterruptEvent> apply(List<InterruptEvent> events, int i) {
      return replaced(events, i, events.get(i), other(events.get(i)));
    }
  };

  private final List<Rule> breaks;

  LogTampering(List<Rule> breaks) {
    this.breaks = breaks;
  }

  List<Rule> breaks() {
    return breaks;
  }

  /**
   * The log after it.
   *
   * @param i which event it befalls; not the last
   */
  abstract List<InterruptEvent> apply(List<InterruptEvent> events, int i);

  /** The same place in the log, with another content. */
  static InterruptEvent other(InterruptEvent event) {
    return LogWriter.altered(event, new CommandRefused("nothing happened"));
  }

  private static List<InterruptEvent> replaced(
      List<InterruptEvent> events, int i, InterruptEvent... by) {
    List<InterruptEvent> all = new ArrayList<>(events.subList(0, i));
    all.addAll(List.of(by));
    all.addAll(events.subList(i + 1, events.size()));
    return all;
  }
}
