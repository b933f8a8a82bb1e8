package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point from the command line. */
public final class PointConverter implements ITypeConverter<Point> {
  @Override
  public Point convert(String text) {
    try {
      return PointParser.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
