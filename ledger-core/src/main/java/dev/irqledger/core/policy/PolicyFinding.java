package dev.irqledger.core.policy;

import dev.irqledger.core.device.Bdf;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state that a policy objects to, with the inputs that it was found by.
 *
 * @param id derived from the breach and its cause, so that finding it again makes no second one
 * @param device null where it is about more than one device
 * @param vectors the vectors concerned, rising, at most {@link
 *     dev.irqledger.core.rule.Violation#MOST_VECTORS}
 * @param expected what the limit asks for, in words
 * @param reported what was found instead, in words
 * @param evidence the inputs by name, and under {@code remedy} what the holder can do
 */
public record PolicyFinding(
    UUID id,
    PolicyRule rule,
    String host,
    @Nullable Bdf device,
    FoundAt at,
    List<Integer> vectors,
    String expected,
    String reported,
    SortedMap<String, String> evidence) {
  public PolicyFinding {
    vectors = List.copyOf(vectors);
    evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
  }

  /** The same finding with one more piece of evidence. */
  public PolicyFinding with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(evidence);
    more.put(name, value);
    return new PolicyFinding(id, rule, host, device, at, vectors, expected, reported, more);
  }

  /** The id of that breach; a name for each part of it that another breach may differ in. */
  static UUID id(PolicyRule rule, String host, Object... parts) {
    StringBuilder name = new StringBuilder(rule.name()).append('/').append(host);
    for (Object part : parts) {
      name.append('/').append(part);
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
  }
}
