package dev.irqledger.cli;

import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorMap;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** A device's vectors as a grid: phase by letter, and by colour where there is one. */
public final class VectorMapText {
  private static final int WIDTH = 64;

  /** What the letters mean. */
  public static final String LEGEND = "A armed  c cached  r reserved  . free";

  private VectorMapText() {}

  /**
   * The grid, one string for each row of 64 vectors. Rows without an allocated vector are left out.
   */
  public static List<String> rows(VectorMap vectors, Ansi ansi) {
    return rows(vectors, ansi, WIDTH);
  }

  /**
   * The grid with rows of another length, each after seven columns with its first vector.
   *
   * @param width how many vectors a row has: a divisor of 2048
   */
  public static List<String> rows(VectorMap vectors, Ansi ansi, int width) {
    List<String> rows = new ArrayList<>();
    int vector = vectors.next(0);
    while (vector >= 0) {
      int first = vector - vector % width;
      rows.add("%5d  %s".formatted(first, row(vectors, first, ansi, width)));
      vector = vectors.next(first + width);
    }
    return rows;
  }

  private static String row(VectorMap vectors, int first, Ansi ansi, int width) {
    StringBuilder row = new StringBuilder();
    for (int v = first; v < first + width; v++) {
      row.append(cell(vectors.next(v) == v ? vectors.phase(v) : Phase.FREE));
    }
    return ansi.string(row.toString());
  }

  private static String cell(Phase phase) {
    return switch (phase) {
      case FREE -> ".";
      case RESERVED -> "@|yellow r|@";
      case ARMED -> "@|green A|@";
      case CACHED -> "@|cyan c|@";
    };
  }
}
