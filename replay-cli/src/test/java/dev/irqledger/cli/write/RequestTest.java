package dev.irqledger.cli.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.avro.Command;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:34:12Z");
  private static final UUID ID = new UUID(1, 2);
  private static final KernelView VIEW =
      KernelView.whole(
          InterruptMode.MSIX,
          List.of(
              new KernelView.Seen(0, 24, true),
              new KernelView.Seen(1, 25, true),
              new KernelView.Seen(2, 26, false),
              new KernelView.Seen(9, 40, false)));

  private static Command.Builder command(String op, Instant expiry) {
    return Command.newBuilder()
        .setId(ID)
        .setHost("hv-1")
        .setDevice("0000:01:00.0")
        .setOp(op)
        .setExpiresAt(expiry)
        .setRequestedBy("me");
  }

  private static Request request(String op, Instant expiry) {
    return new Request(command(op, expiry).build(), new Place(3, 7, NOW.toEpochMilli()), null);
  }

  private static Request answered(EventBody body) {
    InterruptEvent event =
        new InterruptEvent(
            new UUID(3, 4),
            new DeviceKey("hv-1", new Bdf("0000:01:00.0")),
            "",
            5,
            1,
            EventHash.NONE,
            false,
            Source.AGENT_CALL,
            Actor.process(1, "irq-ledger").answering(ID),
            0,
            body,
            EventHash.NONE);
    return request("reset", NOW).answered(new Answer(new Place(3, 8, 0), event));
  }

  private static Request reset(int result) {
    return answered(new DeviceReset(OptionalInt.of(result), 0, VIEW));
  }

  @Test
  void without_an_answer_it_is_pending_until_it_expires() {
    assertEquals(Standing.PENDING, request("open", NOW.plusMillis(1)).standing(NOW));
    assertEquals(Standing.EXPIRED, request("open", NOW).standing(NOW));
  }

  @Test
  void an_answer_counts_whenever_it_came() {
    assertEquals(Standing.DONE, reset(0).standing(NOW.plusSeconds(99)));
    assertEquals(Standing.FAILED, reset(-28).standing(NOW));
    assertEquals(Standing.FAILED, reset(5).standing(NOW));
    assertEquals(
        Standing.FAILED, answered(new DeviceReset(OptionalInt.empty(), 0, null)).standing(NOW));
    assertEquals(Standing.REFUSED, answered(new CommandRefused("no")).standing(NOW));
  }

  @Test
  void the_outcome_names_the_errno_and_what_the_kernel_could_give() {
    assertEquals("done: the kernel returned 0", RequestText.outcome(reset(0), NOW));
    assertEquals("failed: the kernel returned -ENOSPC", RequestText.outcome(reset(-28), NOW));
    assertEquals(
        "failed: the kernel had only 5 irqs to give, and gave none",
        RequestText.outcome(reset(5), NOW));
  }

  @Test
  void vectors_that_stand_alike_are_told_together() {
    assertEquals(
        "0-1 armed (irq 24-25), 2 cached (irq 26), 9 cached (irq 40)", RequestText.vectors(VIEW));
    assertEquals(
        "none allocated", RequestText.vectors(KernelView.whole(InterruptMode.NONE, List.of())));
    assertEquals("not looked at", RequestText.vectors(KernelView.modeOnly(InterruptMode.NONE)));
  }

  @Test
  void what_the_log_holds_cannot_speak_to_the_terminal() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Request evil = request("\u001b[2J\u009b31m\nopen", NOW);
    RequestText.row(evil, NOW, out);
    RequestText.print(evil, NOW, out);
    RequestText.print(answered(new CommandRefused("\u001b]0;x\u0007")), NOW, out);
    RequestJson.print(evil, NOW, out);
    out.flush();
    assertFalse(
        text.toString().chars().anyMatch(c -> c != '\n' && (c < ' ' || (c >= 0x7f && c < 0xa0))),
        text.toString());
    assertTrue(text.toString().contains("?[2J?31m?open"), text.toString());
  }

  @Test
  void it_is_told_at_which_event_alone_it_is_to_be_carried_out() {
    Command.Builder bound = command("reset", NOW);
    String epoch = printed(bound.setExpectedEpoch(5L).build());
    assertTrue(epoch.contains("  only at epoch 5\n"), epoch);
    String both = printed(bound.setExpectedSequence(7L).build());
    assertTrue(both.contains("  only at epoch 5, sequence 7\n"), both);
  }

  private static String printed(Command command) {
    StringWriter text = new StringWriter();
    RequestText.print(new Request(command, null, null), NOW, new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void the_json_holds_every_field_also_where_nothing_is_known() {
    StringWriter text = new StringWriter();
    RequestJson.print(request("open", NOW.plusSeconds(1)), NOW, new PrintWriter(text, true));
    RequestJson.print(reset(-28), NOW, new PrintWriter(text, true));
    List<String> lines = text.toString().lines().toList();
    assertEquals(
        "{\"command\":\"00000000-0000-0001-0000-000000000002\",\"host\":\"hv-1\","
            + "\"device\":\"0000:01:00.0\",\"op\":\"open\",\"requestedBy\":\"me\","
            + "\"expiresAt\":\"2026-11-22T14:34:13Z\",\"expectedEpoch\":null,"
            + "\"expectedSequence\":null,\"finding\":null,"
            + "\"sent\":{\"partition\":3,\"offset\":7,\"logTime\":\"2026-11-22T14:34:12Z\"},"
            + "\"standing\":\"pending\",\"result\":null,\"error\":null,\"reason\":null,"
            + "\"answer\":null}",
        lines.getFirst());
    assertTrue(
        lines
            .get(1)
            .contains(
                "\"standing\":\"failed\",\"result\":-28,\"error\":\"ENOSPC\",\"reason\":null,"
                    + "\"answer\":{\"event\":\"00000000-0000-0003-0000-000000000004\",\"epoch\":5,"
                    + "\"partition\":3,\"offset\":8,\"logTime\":\"1970-01-01T00:00:00Z\","
                    + "\"mode\":\"msix\",\"vectors\":[{\"vector\":0,\"irq\":24,\"armed\":true}"),
        lines.get(1));
  }
}
