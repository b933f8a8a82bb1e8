package dev.irqledger.cli.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.bisect.FleetStates;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression may be, and where a wrong one is wrong. */
class ExpressionTest {
  private static final FleetStates NOTHING = new FleetStates();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host('h').armed + host('h').cached + host('h').reserved == 0",
        "host('h').allocated == 0 && host('h').devices == 0 && host('h').violations == 0",
        "total().armed + total().cached + total().reserved + total().allocated == 0",
        "total().devices == 0 && total().violations == 0",
        "device('h/0000:01:00.0').armed == 0 && device('h/0000:01:00.0').cached == 0",
        "device('h/0000:01:00.0').reserved == 0 && device('h/0000:01:00.0').allocated == 0",
        "device('h/0000:01:00.0').mode == \"NONE\" && !device('h/0000:01:00.0').open",
        "device('h/0000:01:00.0').violations == 0 && !device('h/0000:01:00.0').uncertain",
        "device('h/0000:01:00.0').epoch == 0 && device('h/0000:01:00.0').sequence == 0",
        "vector('h/0000:01:00.0', 2047).phase == 'FREE'",
        "vector('h/0000:01:00.0', 0).irq == 0 && vector('h/0000:01:00.0', 0).trigger == -1",
      })
  void what_the_log_does_not_know_has_the_values_of_nothing(String text) {
    assertTrue(Expression.of(text).test(NOTHING));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      useHeadersInDisplayName = true,
      textBlock =
          """
          expression                            | column | said
          host("h").cahced > 300                | 10     | undefined field 'cahced'
          host("h").cached > "many"             | 18     | no matching overload
          host("h").cached                      | 10     | expected type 'bool' but found 'int'
          host("h").cached >                    | 19     | mismatched input end
          host(7).cached > 1                    | 5      | no matching overload
          hots("h").cached > 1                  | 5      | undeclared reference to 'hots'
          host("h" + "i").cached > 1            | 10     | not computed
          host("h/i").cached > 1                | 6      | not a host name
          true && device("h").armed > 1         | 16     | expected host/BDF
          vector("h/0000:01:00.0", 2048).irq > 1 | 26    | 0 to 2047
          [1, 2].all(x, x > 0)                  | 11     | undeclared reference to 'all'
          """)
  void a_wrong_expression_is_pointed_at(String text, int column, String said) {
    WrongExpression e = assertThrows(WrongExpression.class, () -> Expression.of(text));
    assertTrue(e.getMessage().contains(said), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    assertEquals(column, e.column(), e.shown());
    assertEquals(" ".repeat(column + 1) + "^", e.shown().lines().toList().getLast());
  }

  @Test
  void an_empty_expression_is_wrong() {
    assertEquals(1, assertThrows(WrongExpression.class, () -> Expression.of("")).column());
    assertThrows(WrongExpression.class, () -> Expression.of("true ||".repeat(2000)));
  }

  @Test
  void nesting_without_end_is_wrong() {
    String deep = "(".repeat(4000) + "true" + ")".repeat(4000);
    assertThrows(WrongExpression.class, () -> Expression.of(deep));
  }

  @Test
  void what_cannot_be_computed_is_an_error_in_one_line() {
    Expression expression = Expression.of("10 / host('h').armed > 1");
    ReplayException e = assertThrows(ReplayException.class, () -> expression.test(NOTHING));
    assertEquals(ReplayException.Kind.WRONG_USE, e.kind());
    assertTrue(e.getMessage().contains("/ by zero"), e.getMessage());
  }

  @Test
  void it_knows_the_hosts_that_it_names() {
    Expression expression =
        Expression.of("host('b').armed > 1 || device('a/0000:01:00.0').open || total().armed > 9");
    assertEquals(Set.of("a", "b"), expression.hosts());
    assertTrue(expression.asksAll());
  }

  @Test
  void what_decided_is_told_with_its_values() {
    assertEquals(
        "{host(\"h\").armed=0, vector(\"h/0000:01:00.0\", 3).phase=FREE}",
        Expression.of("host('h').armed > 1 || vector('h/0000:01:00.0', 3).phase == 'ARMED'")
            .values(NOTHING)
            .toString());
  }
}
