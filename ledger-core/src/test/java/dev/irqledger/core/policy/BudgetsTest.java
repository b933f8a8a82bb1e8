package dev.irqledger.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.TestDevice;
import dev.irqledger.core.state.VectorCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {
  private static final Policy POLICY =
      new Policy(
          "hv-1",
          "3@17",
          List.of(
              new Budget(Scope.HOST, "*", 100, 200),
              new Budget(Scope.VM, "*", null, 50),
              new Budget(Scope.VM, "web-1", 4, null),
              new Budget(Scope.DEVICE, "0000:01:00.0", 0, 2)),
          3600L);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          HOST,   hv-1,         100, 200
          VM,     db-1,         -,   50
          VM,     web-1,        4,   -
          DEVICE, 0000:01:00.0, 0,   2
          DEVICE, 0000:02:00.0, -,   -
          """)
  void a_holders_own_budget_takes_the_place_of_the_one_for_each(
      Scope scope, String name, Integer armed, Integer allocated) {
    BudgetHolder holder = new BudgetHolder(scope, name);
    assertEquals(armed, POLICY.limit(holder, Measure.ARMED));
    assertEquals(allocated, POLICY.limit(holder, Measure.ALLOCATED));
  }

  @Test
  void a_host_without_a_policy_of_its_own_has_that_of_every_host() {
    Policy every = new Policy("*", "0@1", List.of(), 5L);
    Policies policies = Policies.NONE.with("*", every).with("hv-1", POLICY);
    assertEquals(POLICY, policies.of("hv-1"));
    assertEquals(every, policies.of("hv-2"));
    assertEquals(every, policies.with("hv-1", null).of("hv-1"));
    assertTrue(Policies.NONE.of("hv-1").allowsAll());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0, 2, 0, ''
          1, 1, 0, ARMED 1 of 0
          0, 2, 1, ALLOCATED 3 of 2
          1, 1, 1, ARMED 1 of 0; ALLOCATED 3 of 2
          """)
  void what_is_at_its_limit_is_within_it(int armed, int cached, int reserved, String expected) {
    List<Excess> excesses =
        Budgets.excesses(
            POLICY,
            new BudgetHolder(Scope.DEVICE, "0000:01:00.0"),
            new VectorCounts(armed, cached, reserved));
    assertEquals(
        expected,
        String.join(
            "; ",
            excesses.stream()
                .map(excess -> excess.measure() + " " + excess.held() + " of " + excess.limit())
                .toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                            | msix 0 5 6     | 2 0 2
          msix 0 5 6        | msix 2 7       | 1 0 1
          msix 0 5 6        | msix 0 -       | -1 1 0
          msix 0 5 6; msix 0 - | msix 0 5    | 1 -1 0
          msix 0 5 6        | msix off       | -2 0 -2
          msix 0 5 6        | msix signal 0 2 | 0 0 0
                            | msix 2 5       | 1 0 3
                            | intx 5         | 0 0 0
          """)
  void the_growth_of_a_call_is_what_it_takes_if_all_is_granted(
      String given, String call, String expected) {
    TestDevice device = TestDevice.opened(KernelGeneration.DYNAMIC);
    var _ = device.given(given == null ? "" : given);
    VectorCounts growth = Foresight.growth(device.state(), (SetIrqs) CallText.parse(call));
    assertEquals(expected, growth.armed() + " " + growth.cached() + " " + growth.allocated());
  }

  @Test
  void what_takes_nothing_more_is_let_through_over_budget_too() {
    Map<BudgetHolder, VectorCounts> held =
        Map.of(new BudgetHolder(Scope.DEVICE, "0000:01:00.0"), new VectorCounts(9, 0, 0));
    assertEquals(List.of(), Budgets.forbidding(POLICY, held, new VectorCounts(0, 0, 0)));
    assertEquals(List.of(), Budgets.forbidding(POLICY, held, new VectorCounts(-1, 1, 0)));
    assertFalse(Budgets.forbidding(POLICY, held, new VectorCounts(1, -1, 0)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"3, 1, true", "3, 2, false", "4, 1, false", "0, 4, true", "0, 5, false"})
  void a_budget_may_be_used_up_to_its_last_vector(int held, int more, boolean allowed) {
    assertEquals(
        allowed,
        Budgets.forbidding(
                POLICY,
                Map.of(BudgetHolder.vm("web-1"), new VectorCounts(held, 0, 0)),
                new VectorCounts(more, 0, 0))
            .isEmpty());
  }

  @Test
  void a_refusal_names_budget_limit_and_what_is_held() {
    Excess excess =
        Budgets.forbidding(
                POLICY,
                Map.of(BudgetHolder.vm("web-1"), new VectorCounts(3, 0, 0)),
                new VectorCounts(2, 0, 0))
            .getFirst();
    assertEquals(
        "the policy of hv-1, 3@17, sets at most 4 armed for vm web-1, which has 3, and 2 more are"
            + " asked for: take triggers away (an eventfd of -1), disable MSI-X or MSI, or close",
        excess.refusal(POLICY));
  }
}
