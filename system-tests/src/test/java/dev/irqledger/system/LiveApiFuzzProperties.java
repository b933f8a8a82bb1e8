package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.recordings.Samples;
import dev.irqledger.web.http.ApiExaminer;
import dev.irqledger.web.http.ApiQuestions;
import dev.irqledger.web.http.ApiQuestions.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** The questions of the API's own document, put to a service that runs on a real broker. */
class LiveApiFuzzProperties {
  private static TemporaryFolder folder;
  private static TestBroker broker;
  private static ServedInstance service;
  private static ApiExaminer examiner;

  @BeforeContainer
  static void start() throws Exception {
    folder = TemporaryFolder.create("irq-ledger-fuzz");
    broker = TestBroker.withTopics(2);
    for (String host : new String[] {"hv-1", "hv-2"}) {
      Path trace =
          Files.write(folder.path().resolve(host + ".jsonl"), Samples.lines(Samples.EXHAUSTION));
      CommandRun run = CommandRun.at(broker, "replay import --host " + host, trace.toString());
      assertEquals(0, run.code(), run.err());
    }
    service = ServedInstance.start(broker, folder.path().resolve("service"));
    examiner = new ApiExaminer(service.client());
    var _ = service.await("/v1/hosts", hosts -> hosts.get("hosts").size() == 2);
  }

  @AfterContainer
  static void stop() throws Exception {
    service.close();
    broker.close();
    folder.close();
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void every_answer_is_documented_none_is_a_fault_and_each_path_has_some(
      @ForAll("questions") Question question) throws Exception {
    int status = examiner.ask(question, service.request(question.address()));
    Statistics.label(question.path())
        .collect(status)
        .coverage(answers -> answers.check(200).count(n -> n > 0));
  }

  @Provide
  Arbitrary<Question> questions() {
    return ApiQuestions.all();
  }
}
