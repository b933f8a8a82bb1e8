package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.PolicyFinding;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Command;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Asks agents to remedy findings. The ids are derived from the finding: whatever is published twice
 * is carried out once. Confined to one task.
 */
final class CommandSink {
  /** As many characters as a command has room for. */
  private static final int LONGEST_REQUESTER = 200;

  private final WireCodec<Command> codec;
  private final ProcessorContext<byte[], byte[]> context;

  CommandSink(SchemaCatalog schemas, ProcessorContext<byte[], byte[]> context) {
    this.codec = new WireCodec<>(Command.class, schemas);
    this.context = context;
  }

  /**
   * Asks for operations, to be carried out one after the other, and only if nothing else happens to
   * the device meanwhile: each is answered by one event, so that the next one knows its number.
   *
   * @param judged the device as it was found
   * @param timestampMs when it was found, in milliseconds since 1970
   */
  void put(
      PolicyFinding finding,
      DeviceState judged,
      List<String> ops,
      Instant expiresAt,
      long timestampMs) {
    for (int i = 0; i < ops.size(); i++) {
      Command command =
          Command.newBuilder()
              .setId(id(finding, i))
              .setHost(judged.key().host())
              .setDevice(judged.key().bdf().text())
              .setOp(ops.get(i))
              .setExpiresAt(expiresAt)
              .setExpectedEpoch(judged.head().epoch())
              .setExpectedSequence(judged.head().sequence() + i)
              .setFindingId(finding.id())
              .setRequestedBy(requester(finding))
              .build();
      forward(judged.key(), command, timestampMs);
    }
  }

  private void forward(DeviceKey device, Command command, long timestampMs) {
    context.forward(
        new Record<>(
            device.host().getBytes(StandardCharsets.UTF_8), codec.encode(command), timestampMs),
        LedgerTopology.COMMANDS);
  }

  private static UUID id(PolicyFinding finding, int number) {
    return UUID.nameUUIDFromBytes(
        ("command " + number + " of " + finding.id()).getBytes(StandardCharsets.UTF_8));
  }

  private static String requester(PolicyFinding finding) {
    String words = finding.rule() + " by the policy " + finding.evidence().get("policy");
    return words.substring(0, Math.min(words.length(), LONGEST_REQUESTER));
  }
}
