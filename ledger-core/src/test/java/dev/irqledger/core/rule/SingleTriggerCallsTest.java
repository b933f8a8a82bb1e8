package dev.irqledger.core.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INTx, ERR and REQ, which have one trigger each. */
class SingleTriggerCallsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                   | intx 5                    | 0       | intx 5
                   | intx -                    | 0       | intx
          intx 5   | intx 6                    | 0       | intx 6
          intx 5   | intx -                    | 0       | intx
          intx -   | intx 6                    | 0       | intx 6
          intx 5   | intx closed               | -EBADF  | intx 5
          intx 5   | intx file                 | -EINVAL | intx 5
                   | intx closed               | -EBADF  | none
                   | intx file                 | -EINVAL | none
          intx 5   | intx off                  | 0       | none
          intx -   | intx off                  | 0       | none
                   | intx off                  | -EINVAL | none
                   | intx signal 0 1           | -EINVAL | none
                   | intx bools 0 1            | -EINVAL | none
                   | set 0 0 0 eventfd+trigger | -EINVAL | none
          intx 5   | set 0 0 0 eventfd+trigger | -EINVAL | intx 5
          intx 5   | set 0 0 0 bool+trigger    | -EINVAL | intx 5
          intx 5   | intx mask                 | 0       | intx 5
          intx 5   | intx unmask               | 0       | intx 5
          intx 5   | set 0 0 1 bool+mask 1     | 0       | intx 5
          intx 5   | set 0 0 0 none+mask       | -EINVAL | intx 5
          intx 5   | set 0 0 1 eventfd+mask 5  | -ENOTTY | intx 5
          intx 5   | set 0 0 1 eventfd+unmask 6 | 0      | intx 5
          intx 5   | set 0 0 1 eventfd+unmask - | 0      | intx 5
          intx 5   | set 0 0 1 eventfd+unmask closed | -EBADF | intx 5
                   | intx mask                 | -EINVAL | none
          msix 0 5 | intx unmask               | -EINVAL | msix A
          intx 5   | reset                     | 0       | intx 5
          intx 5   | close                     | 0       | closed
          """)
  void intx_has_one_trigger_and_is_a_mode(String given, String call, String result, String after) {
    Scenario.check("all", given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                   | err 7                     | 0       | none err 7
                   | req 7                     | 0       | none req 7
          err 7    | err 8                     | 0       | none err 8
          err 7    | err -                     | 0       | none
          err 7    | err -2                    | 0       | none err 7
          err 7    | err closed                | -EBADF  | none err 7
          err 7    | err file                  | -EINVAL | none err 7
                   | err -                     | 0       | none
          err 7    | err off                   | 0       | none
                   | err off                   | -EINVAL | none
          err 7    | err signal 0 1            | 0       | none err 7
                   | err signal 0 1            | -EINVAL | none
          err 7    | set 3 0 0 bool+trigger    | -EINVAL | none err 7
          err 7    | set 3 0 0 eventfd+trigger | -EINVAL | none err 7
          err 7; req 8 | err off               | 0       | none req 8
          err 7; req 8 | req -                 | 0       | none err 7
          err 7; req 8 | msix 0 5              | 0       | msix A err 7 req 8
          err 7; req 8; msix 0 5 | msix off    | 0       | none err 7 req 8
          err 7; req 8; intx 5 | intx off      | 0       | none err 7 req 8
          err 7; req 8 | reset                 | 0       | none err 7 req 8
          err 7; req 8 | close                 | 0       | closed
          """)
  void err_and_req_stand_beside_the_mode(String given, String call, String result, String after) {
    Scenario.check("all", given, call, result, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          close                | reset    | -EBADF | closed
          close                | close    | -EBADF | closed
          close                | msix 0 5 | -EBADF | closed
          close                | set 9 0 0 none+trigger | -EBADF | closed
          msix 0 5; close      | msix off | -EBADF | closed
          """)
  void a_closed_device_knows_no_call(String given, String call, String result, String after) {
    Scenario.check("all", given, call, result, after);
  }
}
