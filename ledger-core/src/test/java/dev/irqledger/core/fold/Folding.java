package dev.irqledger.core.fold;

import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Events folded one after the other.
 *
 * @param start the device before the first
 * @param each what each of them added
 */
record Folding(DeviceState start, List<Folded> each) {
  static Folding of(List<InterruptEvent> events) {
    return of(DeviceState.unseen(TestDevice.KEY), events);
  }

  static Folding of(DeviceState start, List<InterruptEvent> events) {
    List<Folded> each = new ArrayList<>();
    DeviceState state = start;
    for (InterruptEvent event : events) {
      Folded folded = Ledger.fold(state, event);
      each.add(folded);
      state = folded.state();
    }
    return new Folding(start, each);
  }

  DeviceState state() {
    return each.isEmpty() ? start : each.getLast().state();
  }

  List<Violation> violations() {
    return each.stream().flatMap(folded -> folded.violations().stream()).toList();
  }

  /** The rules broken by the event at that place, counted from 0. */
  Set<Rule> rulesBrokenAt(int i) {
    return rules(each.get(i).violations());
  }

  Set<Rule> rulesBroken() {
    return rules(violations());
  }

  private static Set<Rule> rules(List<Violation> violations) {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    violations.forEach(violation -> rules.add(violation.rule()));
    return rules;
  }
}
