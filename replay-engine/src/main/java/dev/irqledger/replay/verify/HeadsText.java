package dev.irqledger.replay.verify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.replay.verify.Heads.Head;
import dev.irqledger.wire.LogPosition;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Heads as JSON: what is signed. Its fields are a contract with whoever kept such a file. */
final class HeadsText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  private HeadsText() {}

  private record Document(String point, List<Line> heads) {}

  private record Line(
      String host,
      String device,
      int partition,
      long offset,
      long logTimeMillis,
      long epoch,
      long sequence,
      String hash) {
    static Line of(DeviceKey device, Head head) {
      return new Line(
          device.host(),
          device.bdf().text(),
          head.position().partition(),
          head.position().offset(),
          head.position().logTimeMs(),
          head.epoch(),
          head.sequence(),
          head.hash().hex());
    }

    DeviceKey key() {
      return new DeviceKey(host, new Bdf(device));
    }

    Head head() {
      return new Head(
          new LogPosition(partition, offset, logTimeMillis),
          epoch,
          sequence,
          EventHash.of(HexFormat.of().parseHex(hash)));
    }
  }

  static byte[] print(Heads heads) throws IOException {
    List<Line> lines =
        heads.byDevice().entrySet().stream().map(e -> Line.of(e.getKey(), e.getValue())).toList();
    return JSON.writeValueAsBytes(new Document(heads.point(), lines));
  }

  /**
   * Reads what {@link #print} wrote.
   *
   * @throws IOException if it is another document
   * @throws IllegalArgumentException if a name or a number in it cannot be one
   */
  static Heads read(byte[] text) throws IOException {
    Document document = JSON.readValue(text, Document.class);
    SortedMap<DeviceKey, Head> heads = new TreeMap<>();
    document.heads().forEach(line -> heads.put(line.key(), line.head()));
    return new Heads(document.point(), heads);
  }
}
