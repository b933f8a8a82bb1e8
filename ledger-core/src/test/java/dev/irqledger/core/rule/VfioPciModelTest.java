package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.Change;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MSI and MSI-X. Each table: whose rules, the calls before, the call, its result, the state. */
class VfioPciModelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     |          | msix 0 5 6          | 0       | msix AA
          all     |          | msix 0 5 - 6        | 0       | msix ARA
          all     |          | msix 2 5            | 0       | msix RRA
          all     |          | msix 0 - -          | 0       | msix RR
          all     |          | msix 0 -7           | 0       | msix R
          dynamic |          | msix 3              | 0       | msix RRR
          fixed   |          | msix 3              | 0       | msix RRR
          legacy  |          | msix 3              | -EINVAL | none
          legacy  |          | msi 2               | -EINVAL | none
          all     |          | msix 0 0 1 2 3 4 5 6 7 | 0    | msix AAAAAAAA
          all     |          | msix 0              | -ERANGE | none
          all     |          | msix 0 5 closed     | -EBADF  | none
          all     |          | msix 0 5 file 6     | -EINVAL | none
          all     |          | msi 1 5             | 0       | msi RA
          all     |          | msi 0               | -ERANGE | none
          all     |          | msi 0 5 closed      | -EBADF  | none
          all     | msi 0 5; msi off   | msix 0 5  | 0       | msix A
          all     | msix 0 5; msix off | msi 0 5   | 0       | msi A
          all     | intx 5; intx off   | msix 0 5  | 0       | msix A
          """)
  void enabling_allocates_all_from_0_to_the_end_of_the_block_or_nothing(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     | msi 0 5  | msix 0 6            | -EINVAL | msi A
          all     | msi 0 5  | msix off            | -EINVAL | msi A
          all     | msi 0 5  | msix signal 0 1     | -EINVAL | msi A
          all     | msix 0 5 | msi 0 6             | -EINVAL | msix A
          all     | msix 0 5 | msi off             | -EINVAL | msix A
          all     | msix 0 5 | intx 6              | -EINVAL | msix A
          all     | msix 0 5 | intx off            | -EINVAL | msix A
          all     | intx 5   | msix 0 6            | -EINVAL | intx 5
          all     | intx -   | msi 0 6             | -EINVAL | intx
          """)
  void modes_change_only_through_none(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     | msix 0 5 - 6           | msix off | 0       | none
          all     | msix 0 5 6; msix 0 - - | msix off | 0       | none
          dynamic | msix 0 5; msix 6 5     | msix off | 0       | none
          all     | msi 0 5 6              | msi off  | 0       | none
          all     | msix 0 5 6             | reset    | 0       | msix AA
          all     | msix 0 5; msix 0 -     | reset    | 0       | msix C
          all     | msix 0 5; err 7; req 8 | msix off | 0       | none err 7 req 8
          all     | msix 0 5; err 7; req 8 | close    | 0       | closed
          all     | msix 0 5               | set 2 1 0 none+trigger | 0 | none
          all     |                        | msix off | -EINVAL | none
          all     |                        | msi off  | -EINVAL | none
          """)
  void irqs_are_released_only_all_together(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     | msix 0 5 6             | msix 0 -            | 0       | msix CA
          all     | msix 0 5 6; msix 0 -   | msix 0 -            | 0       | msix CA
          all     | msix 0 5 6; msix 0 -   | msix 0 7            | 0       | msix AA
          all     | msix 0 - 6             | msix 0 -            | 0       | msix RA
          all     | msix 0 - 6             | msix 0 7            | 0       | msix AA
          all     | msix 0 5 6             | msix 0 7 8          | 0       | msix AA
          all     | msix 0 5 6             | msix 0              | 0       | msix AA
          all     | msi 0 5 6              | msi 1 -             | 0       | msi AC
          all     | msi 0 5 6; msi 1 -     | msi 1 9             | 0       | msi AA
          dynamic | msix 0 5; msix 3 6     | msix 3 -            | 0       | msix A..C
          dynamic | msix 0 5; msix 3 6; msix 3 - | msix 3 7      | 0       | msix A..A
          """)
  void a_vector_without_a_trigger_is_cached_and_armed_again(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     | msix 0 5 6 7           | msix 0 1 closed 2   | -EBADF  | msix CCA
          all     | msix 0 5 6 7           | msix 0 1 2 file     | -EINVAL | msix CCC
          all     | msix 0 5 6 7           | msix 1 closed 2     | -EBADF  | msix ACA
          all     | msix 0 5 6 7           | msix 2 closed       | -EBADF  | msix AAC
          all     | msix 0 5 6 7           | msix 0 - - closed   | -EBADF  | msix CCC
          all     | msix 0 5 - 7           | msix 1 3 closed     | -EBADF  | msix ARC
          all     | msix 0 5 6 7; msix 1 - | msix 1 3 closed     | -EBADF  | msix ACC
          all     | msi 0 5 6 7            | msi 0 1 file 2      | -EINVAL | msi CCA
          dynamic | msix 0 5 6             | msix 1 7 8 closed 9 | -EBADF  | msix ACRR
          dynamic | msix 0 5 6             | msix 1 - 8 file     | -EINVAL | msix ACRR
          """)
  void a_block_that_fails_leaves_no_trigger_up_to_the_failing_vector(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          legacy  | msix 0 5 6   | msix 2 7        | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix 1 7 8      | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix 1 closed 8 | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix 2 -        | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix 2          | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix signal 1 2 | -EINVAL | msix AA
          legacy  | msix 0 5 6   | msix bools 1 0 0| -EINVAL | msix AA
          legacy  | msi 0 5 6    | msi 1 7 8       | -EINVAL | msi AA
          legacy  | msi 0 5 6    | msi signal 0 3  | -EINVAL | msi AA
          fixed   | msix 0 5 6   | msix 2 7        | -EINVAL | msix AA
          fixed   | msix 0 5 6   | msix 1 7 8      | -EINVAL | msix AC
          fixed   | msix 0 5 6   | msix 1 closed 8 | -EBADF  | msix AC
          fixed   | msix 0 5 6   | msix 2 - -      | 0       | msix AA
          fixed   | msix 0 5 6   | msix 2          | 0       | msix AA
          fixed   | msix 0 5 6   | msix 1 7 - -    | 0       | msix AA
          fixed   | msix 0 5 6   | msix 2 closed   | -EINVAL | msix AA
          fixed   | msix 0 5 6   | msix signal 0 8 | 0       | msix AA
          modern  | msi 0 5 6    | msi 1 7 8       | -EINVAL | msi AC
          modern  | msi 0 5 6    | msi 2 -         | 0       | msi AA
          modern  | msi 0 5 6    | msi signal 3 1  | 0       | msi AA
          dynamic | msix 0 5 6   | msix 2 7        | 0       | msix AAA
          dynamic | msix 0 5 6   | msix 5 7        | 0       | msix AA...A
          dynamic | msix 0 5 6   | msix 1 7 8 - 9  | 0       | msix AAA.A
          dynamic | msix 0 5; msix 5 6 | msix 3 7  | 0       | msix A..A.A
          dynamic | msix 0 5 6   | msix 3 closed   | -EBADF  | msix AA.R
          dynamic | msix 0 5 6   | msix 3 file     | -EINVAL | msix AA.R
          dynamic | msix 0 5 6; msix 3 file | msix 3 7 | 0   | msix AA.A
          dynamic | msix 0 5 6   | msix 3 -        | 0       | msix AA
          dynamic | msix 0 5 6   | msix signal 0 8 | 0       | msix AA
          """)
  void beyond_the_enabled_range_the_generations_differ(
      String whose, String given, String call, String result, String after) {
    Scenario.check(whose, given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all     | msix 0 5 - 6           | msix signal 0 3     | 5,6
          all     | msix 0 5 - 6           | msix signal 1 2     | 6
          all     | msix 0 5 - 6           | msix signal 1 1     | ''
          all     | msix 0 5 6; msix 0 -   | msix signal 0 2     | 6
          all     | msix 0 5 5             | msix signal 0 2     | 5,5
          all     | msix 0 5 6 7           | msix bools 0 1 0 9  | 5,7
          all     | msix 0 5 6 7           | msix bools 1 1      | 6
          all     | msi 0 5 6              | msi signal 0 2      | 5,6
          modern  | msix 0 5 6             | msix signal 0 8     | 5,6
          dynamic | msix 0 5; msix 4 6     | msix signal 0 8     | 5,6
          all     | msix 0 5               | msix 0 6            | ''
          all     | msix 0 5; msix 0 closed| msix signal 0 1     | ''
          all     | intx 5                 | intx signal 0 1     | 5
          all     | intx 5                 | intx bools 0 1      | 5
          all     | intx 5                 | intx bools 0 0      | ''
          all     | intx -                 | intx signal 0 1     | ''
          all     | err 7                  | err signal 0 1      | 7
          all     | req 8                  | req bools 0 1       | 8
          all     | req 8                  | req bools 0 0       | ''
          all     |                        | req bools 0 1       | ''
          """)
  void a_loopback_signals_the_armed_ones_in_its_range_and_skips_the_others(
      String whose, String given, String call, String signals) {
    for (KernelGeneration generation : Scenario.generations(whose)) {
      TestDevice device = TestDevice.opened(generation).given(given == null ? "" : given);
      String before = StateText.of(device.state());
      Outcome outcome = device.make(CallText.parse(call));
      String signalled =
          outcome.signals().stream()
              .map(Change.EventfdSignalled::fd)
              .map(String::valueOf)
              .collect(Collectors.joining(","));
      assertEquals(signals, signalled, generation::name);
      assertEquals(0, outcome.result(), generation::name);
      if (call.contains("signal") || call.contains("bools")) {
        assertEquals(before, StateText.of(device.state()), generation::name);
      }
    }
  }
}
