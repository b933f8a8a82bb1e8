package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.launch.TextConverter;

/** Reads a point from the command line. */
public final class PointConverter extends TextConverter<Point> {
  public PointConverter() {
    super(PointParser::parse);
  }
}
