package dev.irqledger.launch;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an option's text. What the reader refuses with an {@link IllegalArgumentException} is told
 * in that exception's words, and in no others.
 *
 * @param <T> what the text stands for
 */
public abstract class TextConverter<T> implements ITypeConverter<T> {
  private final Function<String, T> reader;

  protected TextConverter(Function<String, T> reader) {
    this.reader = reader;
  }

  @Override
  public final T convert(String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
