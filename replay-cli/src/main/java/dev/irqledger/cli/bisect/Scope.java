package dev.irqledger.cli.bisect;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.KernelView;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts an expression asks about. Names stand in it as they are, not computed: so it is known
 * before anything is read what must be.
 */
final class Scope {
  private final CelAbstractSyntaxTree ast;
  private final Set<String> hosts = new TreeSet<>();
  private boolean total;

  Scope(CelAbstractSyntaxTree ast) {
    this.ast = ast;
    CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expr -> expr.getKind() == CelExpr.ExprKind.Kind.CALL)
        .forEach(this::call);
  }

  /** The hosts that are named, all of them unless {@link #total}. */
  Set<String> hosts() {
    return hosts;
  }

  /** Whether it asks about all hosts. */
  boolean total() {
    return total;
  }

  private void call(CelExpr expr) {
    switch (expr.call().function()) {
      case "total" -> total = true;
      case "host" -> hosts.add(host(expr.call().args().getFirst()));
      case "device" -> hosts.add(device(expr.call().args().getFirst()));
      case "vector" -> {
        hosts.add(device(expr.call().args().getFirst()));
        number(expr.call().args().getLast());
      }
      default -> {} // an operator or function of the language itself
    }
  }

  private String host(CelExpr argument) {
    String name = text(argument);
    try {
      return new DeviceKey(name, new Bdf("0000:00:00.0")).host();
    } catch (IllegalArgumentException e) {
      throw wrong(argument, e.getMessage());
    }
  }

  private String device(CelExpr argument) {
    String key = text(argument);
    try {
      return DeviceKey.parse(key).host();
    } catch (IllegalArgumentException e) {
      throw wrong(argument, e.getMessage());
    }
  }

  private String text(CelExpr argument) {
    CelConstant constant = constant(argument, CelConstant.Kind.STRING_VALUE);
    if (constant == null) {
      throw wrong(argument, "a name stands between quotes and is not computed");
    }
    return constant.stringValue();
  }

  private void number(CelExpr argument) {
    CelConstant constant = constant(argument, CelConstant.Kind.INT64_VALUE);
    if (constant == null
        || constant.int64Value() < 0
        || constant.int64Value() >= KernelView.MAX_VECTORS) {
      throw wrong(argument, "a vector is a number from 0 to " + (KernelView.MAX_VECTORS - 1));
    }
  }

  private static @Nullable CelConstant constant(CelExpr argument, CelConstant.Kind kind) {
    return argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && argument.constant().getKind() == kind
        ? argument.constant()
        : null;
  }

  private WrongExpression wrong(CelExpr at, @Nullable String message) {
    Integer offset = ast.getSource().getPositionsMap().get(at.id());
    CelSourceLocation location =
        ast.getSource()
            .getOffsetLocation(offset == null ? 0 : offset)
            .orElse(CelSourceLocation.of(1, 0));
    return Expression.wrong(
        String.valueOf(message),
        ast.getSource().getContent().toString(),
        location.getLine(),
        location.getColumn());
  }
}
