package dev.irqledger.cli.bisect;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.bisect.FleetStates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A condition on folded states, checked before anything is read. Not for two threads at once. */
public final class Expression implements Predicate<FleetStates> {
  private static final int MOST_CHARACTERS = 10_000;

  private final String text;
  private final Parts parts;
  private final Scope scope;
  private final CelRuntime.Program program;

  private Expression(String text, Parts parts, Scope scope, CelRuntime.Program program) {
    this.text = text;
    this.parts = parts;
    this.scope = scope;
    this.program = program;
  }

  /**
   * Reads an expression.
   *
   * @throws WrongExpression if it is none, has another type than true or false, or names what
   *     cannot be
   */
  public static Expression of(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw wrong("an expression has at most " + MOST_CHARACTERS + " characters", "", 1, 0);
    }
    CelValidationResult checked = Vocabulary.compiler().compile(text);
    if (checked.hasError()) {
      CelIssue first = checked.getErrors().getFirst();
      throw wrong(
          brief(first.getMessage()),
          text,
          first.getSourceLocation().getLine(),
          first.getSourceLocation().getColumn());
    }
    Parts parts = new Parts();
    try {
      Scope scope = new Scope(checked.getAst());
      return new Expression(text, parts, scope, runtime(parts).createProgram(checked.getAst()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw wrong(brief(String.valueOf(e.getMessage())), text, 1, 0);
    }
  }

  @SuppressWarnings("Immutable") // one thread asks, about one point after another
  private static CelRuntime runtime(Parts parts) {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .addFunctionBindings(
            CelFunctionBinding.from(Vocabulary.overload("total"), List.of(), _ -> parts.total()),
            CelFunctionBinding.from(Vocabulary.overload("host"), String.class, parts::host),
            CelFunctionBinding.from(Vocabulary.overload("device"), String.class, parts::device),
            CelFunctionBinding.from(
                Vocabulary.overload("vector"), String.class, Long.class, parts::vector))
        .build();
  }

  /** The library lists all that it would have taken: too much for one line. */
  private static String brief(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(" \\(candidates: .*", "")
        .replaceFirst(" expecting \\{.*", "")
        .replace("'<EOF>'", "end")
        .replace(" (in container '')", "");
  }

  static WrongExpression wrong(String message, String text, int line, int column) {
    String source = text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
    return new WrongExpression(message, source, column);
  }

  /**
   * Whether it is true of those states.
   *
   * @throws ReplayException if it cannot be computed, for example where it divides by zero
   */
  @Override
  public boolean test(FleetStates states) {
    parts.begin(states);
    try {
      return (Boolean) program.eval();
    } catch (CelEvaluationException e) {
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE,
          "the expression cannot be computed: "
              + e.getMessage()
              + "; guard it with a condition before &&",
          e);
    }
  }

  /** What it asked of those states, and the answers; what decided nothing is not asked. */
  public Map<String, Object> values(FleetStates states) {
    boolean _ = test(states);
    return parts.asked();
  }

  /** The hosts that it names. */
  public Set<String> hosts() {
    return scope.hosts();
  }

  /** Whether it asks about all hosts. */
  public boolean asksAll() {
    return scope.total();
  }

  @Override
  public String toString() {
    return text;
  }
}
