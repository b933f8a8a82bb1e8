package dev.irqledger.fuzzing.targets;

import dev.irqledger.cli.bisect.Expression;
import dev.irqledger.cli.bisect.WrongExpression;
import java.util.List;
import java.util.stream.Stream;

/**
 * Expressions of {@code replay bisect}. A text is one, or refused with {@link WrongExpression} in
 * words.
 */
final class ExpressionTarget implements Target {
  @Override
  public void check(byte[] input) {
    String text = Text.of(input);
    try {
      Broken.unlessEqual(text, Expression.of(text).toString(), "an expression");
    } catch (WrongExpression e) {
      Broken.unless(e.getMessage() != null, "an error says what is wrong");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "total().armed > 30",
            "host('hv-1').allocated >= 12 && host('hv-2').armed == 0",
            "device('hv-1/0000:01:00.0').mode == 'msix'",
            "vector('hv-1/0000:01:00.0', 3).phase in ['armed', 'cached'] || !(1 + 2 * 3 < 4)",
            "[1, 2].exists(x, x > total().devices) ? true : false")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of(
        "total()",
        "host(",
        "device(",
        "vector(",
        ".armed",
        ".allocated",
        ".mode",
        ".phase",
        ".exists(",
        ".all(",
        ".map(",
        ".filter(",
        "matches(",
        "size(",
        "has(",
        "&&",
        "||",
        "?",
        "{",
        "0x7fffffffffffffff",
        "duration(",
        "timestamp(",
        "\"\"\"",
        "b'",
        "r'");
  }
}
