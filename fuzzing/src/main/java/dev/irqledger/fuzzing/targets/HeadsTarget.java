package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.fuzzing.seed.Keys;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.verify.Heads;
import dev.irqledger.replay.verify.Heads.Head;
import dev.irqledger.replay.verify.HeadsEnvelope;
import dev.irqledger.wire.LogPosition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files with signed heads. A file is what was signed, or refused with {@link ReplayException}; so
 * nothing but the heads of the seed ever comes out.
 */
final class HeadsTarget implements Target {
  private final Heads heads =
      new Heads(
          "offset:0@41",
          new TreeMap<>(
              Map.of(
                  new DeviceKey("hv-1", new Bdf("0000:01:00.0")),
                  new Head(new LogPosition(0, 41, 1), 3, 7, new EventHash(1, 2, 3, 4)))));

  @Override
  public void check(byte[] input) {
    try {
      Broken.unlessEqual(heads, HeadsEnvelope.open(input, Keys.CHECKING), "heads that were signed");
    } catch (ReplayException e) {
      Broken.unlessEqual(ReplayException.Kind.INPUT_UNREADABLE, e.kind(), "what kind of refusal");
      Broken.unless(e.getMessage() != null, "an error says what is wrong");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(HeadsEnvelope.seal(heads, Keys.SIGNING, Keys.CHECKING));
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"payloadType\":",
        "\"payload\":",
        "\"signatures\":[",
        "\"sig\":",
        "\"keyid\":",
        "null",
        HeadsEnvelope.TYPE);
  }
}
