package dev.irqledger.cli.bisect;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.bisect.FleetStates;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what an expression asks, and keeps what was asked and answered, in order. */
final class Parts {
  private FleetStates states = new FleetStates();
  private Map<String, Object> asked = new LinkedHashMap<>();

  /** From now on answers come from these states. */
  void begin(FleetStates from) {
    states = from;
    asked = new LinkedHashMap<>();
  }

  /** What was asked since, as an expression says it, with its value. */
  Map<String, Object> asked() {
    return asked;
  }

  Map<String, Object> total() {
    return new Read<>("total()", Vocabulary.HOST, states.total());
  }

  Map<String, Object> host(String name) {
    return new Read<>("host(\"" + name + "\")", Vocabulary.HOST, states.host(name));
  }

  Map<String, Object> device(String key) {
    return new Read<>("device(\"" + key + "\")", Vocabulary.DEVICE, state(key));
  }

  Map<String, Object> vector(String key, long number) {
    VectorState vector = state(key).interrupts().vectors().get((int) number);
    return new Read<>(
        "vector(\"" + key + "\", " + number + ")", Vocabulary.VECTOR, Optional.ofNullable(vector));
  }

  private DeviceState state(String key) {
    return states.device(DeviceKey.parse(key));
  }

  /** A thing as the library reads it: a map of which it takes the fields that it needs. */
  private final class Read<T> extends AbstractMap<String, Object> {
    private final String text;
    private final Thing<T> thing;
    private final T value;

    Read(String text, Thing<T> thing, T value) {
      this.text = text;
      this.thing = thing;
      this.value = value;
    }

    @Override
    public boolean containsKey(@Nullable Object field) {
      return thing.fields().containsKey(field);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      Thing.Field<T> field = thing.fields().get(name);
      if (field == null) {
        return null;
      }
      Object answer = field.value().apply(value);
      asked.put(text + "." + field.name(), answer);
      return answer;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      Map<String, Object> all = new LinkedHashMap<>();
      thing.fields().forEach((name, field) -> all.put(name, field.value().apply(value)));
      return all.entrySet();
    }
  }
}
