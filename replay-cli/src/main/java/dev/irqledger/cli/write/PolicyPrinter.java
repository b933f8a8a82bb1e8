package dev.irqledger.cli.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.cli.JsonLine;
import dev.irqledger.cli.OutputFormat;
import dev.irqledger.cli.write.Policies.Held;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Prints policies in the form that was asked for. */
record PolicyPrinter(OutputFormat output, PrintWriter out) {
  /**
   * The policy that holds for a host.
   *
   * @param from whose it is, and where it stands; null where none holds
   */
  void policy(String host, @Nullable Held from) {
    String of = from == null ? null : from.policy().getHost();
    switch (output) {
      case table -> {
        out.println(PrintableText.of(host, 253) + "  " + origin(host, from));
        limits(from == null ? null : from.policy());
      }
      case json ->
          JsonLine.print(
              out,
              json -> {
                json.writeStringField("host", host);
                json.writeStringField("from", of);
                PolicyText.fields(from == null ? null : from.policy(), json);
                if (from == null) {
                  json.writeNullField("setAt");
                } else {
                  json.writeStringField("setAt", from.place().logTime().toString());
                }
              });
    }
  }

  private static String origin(String host, @Nullable Held from) {
    if (from == null) {
      return "no policy holds";
    }
    return (from.policy().getHost().equals(host)
            ? "its own policy"
            : "the policy of every host (*)")
        + ", set "
        + from.place().logTime();
  }

  /**
   * A change.
   *
   * @param before null where there was none
   * @param after null where there is none now
   */
  void change(String host, @Nullable Policy before, @Nullable Policy after, boolean written) {
    switch (output) {
      case table -> {
        out.println(PrintableText.of(host, 253) + "  before");
        limits(before);
        out.println(PrintableText.of(host, 253) + (written ? "  now" : "  would be"));
        limits(after);
      }
      case json ->
          JsonLine.print(
              out,
              json -> {
                json.writeStringField("host", host);
                json.writeBooleanField("written", written);
                side("before", before, json);
                side("after", after, json);
              });
    }
  }

  private static void side(String name, @Nullable Policy policy, JsonGenerator json)
      throws IOException {
    if (policy == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    PolicyText.fields(policy, json);
    json.writeEndObject();
  }

  private void limits(@Nullable Policy policy) {
    PolicyText.lines(policy).forEach(line -> out.println("  " + line));
  }
}
