package dev.irqledger.cli.bisect;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of thing that an expression asks about, with its fields.
 *
 * @param name its type's name
 * @param fields by name, in the order in which help lists them
 * @param <T> what a field's value is taken from
 */
record Thing<T>(String name, Map<String, Field<T>> fields) {
  /**
   * A field.
   *
   * @param value its value as the language knows it: Long, String or Boolean
   */
  record Field<T>(String name, CelType type, Function<T, Object> value) {
    static <T> Field<T> number(String name, Function<T, Number> value) {
      return new Field<>(name, SimpleType.INT, thing -> value.apply(thing).longValue());
    }

    static <T> Field<T> word(String name, Function<T, Enum<?>> value) {
      return new Field<>(name, SimpleType.STRING, thing -> value.apply(thing).name());
    }

    static <T> Field<T> truth(String name, Function<T, Boolean> value) {
      return new Field<>(name, SimpleType.BOOL, value::apply);
    }
  }

  static <T> Thing<T> of(String name, List<Field<T>> fields) {
    Map<String, Field<T>> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return new Thing<>(name, byName);
  }

  CelType reference() {
    return StructTypeReference.create(name);
  }

  @SuppressWarnings("Immutable") // the map is never changed once it is made
  StructType type() {
    return StructType.create(
        name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)).map(Field::type));
  }
}
