package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irqledger.core.device.KernelGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasePolicyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          calls                                          | KEEP   | FREE    | FREE_DYN | CAP 0   | CAP 1   | CAP 2
          msix 0 5 6 7; msix 1 -                         | ACA    | A.A     | ACA      | A.A     | ACA     | ACA
          msix 0 5 6 7; msix 2 -; msix 0 -; msix 1 -     | CCC    | ''      | CCC      | ''      | .C      | CC
          msix 0 5; msix 3 6; msix 3 -                   | A..C   | A       | A        | A       | A..C    | A..C
          msix 0 5; msix 3 6; msix 3 -; msix 0 -         | C..C   | ''      | C        | ''      | C       | C..C
          msix 0 5 - 6; msix 0 -                         | CRA    | .RA     | CRA      | .RA     | CRA     | CRA
          msix 0 5 6; msix 0 -; msix 0 7; msix 1 -       | AC     | A       | AC       | A       | AC      | AC
          msix 0 5 6 7; msix 0 1 closed                  | CCA    | ..A     | CCA      | ..A     | .CA     | CCA
          msix 0 5; msix 2 closed                        | A.R    | A.R     | A.R      | A.R     | A.R     | A.R
          msix 0 5 6; msix 0 -; reset                    | CA     | .A      | CA       | .A      | CA      | CA
          msi 0 5 6; msi 0 -                             | CA     | CA      | CA       | CA      | CA      | CA
          msix 0 5 6; msix 0 -; msix off                 | ''     | ''      | ''       | ''      | ''      | ''
          """)
  void each_policy_frees_what_it_says_and_nothing_else(
      String calls,
      String keep,
      String free,
      String freeDynamic,
      String capZero,
      String capOne,
      String capTwo) {
    assertEquals(keep, phases(ReleasePolicy.KERNEL, KernelGeneration.DYNAMIC, calls));
    assertEquals(free, phases(new ReleasePolicy.FreeOnClear(), KernelGeneration.DYNAMIC, calls));
    assertEquals(
        freeDynamic,
        phases(new ReleasePolicy.FreeDynamicOnClear(), KernelGeneration.DYNAMIC, calls));
    assertEquals(capZero, phases(new ReleasePolicy.LruCap(0), KernelGeneration.DYNAMIC, calls));
    assertEquals(capOne, phases(new ReleasePolicy.LruCap(1), KernelGeneration.DYNAMIC, calls));
    assertEquals(capTwo, phases(new ReleasePolicy.LruCap(2), KernelGeneration.DYNAMIC, calls));
  }

  @ParameterizedTest
  @CsvSource({"LEGACY", "FIXED"})
  void where_no_irq_can_be_freed_alone_every_policy_keeps(KernelGeneration generation) {
    String calls = "msix 0 5 6 7; msix 0 -; msix 2 -";
    assertEquals("CAC", phases(new ReleasePolicy.FreeOnClear(), generation, calls));
    assertEquals("CAC", phases(new ReleasePolicy.FreeDynamicOnClear(), generation, calls));
    assertEquals("CAC", phases(new ReleasePolicy.LruCap(0), generation, calls));
  }

  @Test
  void an_irq_freed_alone_is_given_away_again() {
    TestDevice device =
        TestDevice.opened(KernelGeneration.DYNAMIC, new ReleasePolicy.FreeOnClear())
            .given("msix 0 5 6; msix 0 -; msix 4 7");
    assertEquals(".A..A", StateText.phases(device.state().interrupts().vectors()));
    assertEquals(TestHost.FIRST_IRQ, device.state().interrupts().vectors().get(4).irq());
  }

  @Test
  void a_cap_below_zero_makes_no_sense() {
    assertThrows(IllegalArgumentException.class, () -> new ReleasePolicy.LruCap(-1));
  }

  private static String phases(ReleasePolicy policy, KernelGeneration generation, String calls) {
    return StateText.phases(
        TestDevice.opened(generation, policy).given(calls).state().interrupts().vectors());
  }
}
