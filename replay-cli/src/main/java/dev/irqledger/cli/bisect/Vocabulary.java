package dev.irqledger.cli.bisect;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.irqledger.cli.bisect.Thing.Field;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.bisect.Sums;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an expression may ask: of all hosts, a host, a device or a vector. */
final class Vocabulary {
  static final Thing<Sums> HOST =
      Thing.of(
          "Host",
          List.of(
              Field.number("armed", sums -> sums.vectors().armed()),
              Field.number("cached", sums -> sums.vectors().cached()),
              Field.number("reserved", sums -> sums.vectors().reserved()),
              Field.number("allocated", sums -> sums.vectors().allocated()),
              Field.number("devices", Sums::devices),
              Field.number("violations", Sums::violations)));

  static final Thing<DeviceState> DEVICE =
      Thing.of(
          "Device",
          List.of(
              Field.number("armed", state -> state.counts().armed()),
              Field.number("cached", state -> state.counts().cached()),
              Field.number("reserved", state -> state.counts().reserved()),
              Field.number("allocated", state -> state.counts().allocated()),
              Field.word("mode", state -> state.interrupts().mode()),
              Field.truth("open", state -> state.profile().open() == Profile.Openness.OPEN),
              Field.number("violations", state -> state.tally().violations()),
              Field.truth("uncertain", DeviceState::uncertain),
              Field.number("epoch", state -> state.head().epoch()),
              Field.number("sequence", state -> state.head().sequence())));

  static final Thing<Optional<VectorState>> VECTOR =
      Thing.of(
          "Vector",
          List.of(
              Field.word("phase", vector -> vector.map(VectorState::phase).orElse(Phase.FREE)),
              Field.number("irq", vector -> vector.map(VectorState::irq).orElse(0)),
              Field.number(
                  "trigger", vector -> vector.map(VectorState::trigger).orElse(Eventfd.NONE))));

  private static final ImmutableList<CelType> TYPES =
      ImmutableList.of(HOST.type(), DEVICE.type(), VECTOR.type());

  private Vocabulary() {}

  /** Without macros, and so without any loop: what it compiles ends. */
  static CelCompiler compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setTypeProvider(new Types())
        .setResultType(SimpleType.BOOL)
        .addFunctionDeclarations(
            function("total", HOST),
            function("host", HOST, SimpleType.STRING),
            function("device", DEVICE, SimpleType.STRING),
            function("vector", VECTOR, SimpleType.STRING, SimpleType.INT))
        .build();
  }

  private static CelFunctionDecl function(String name, Thing<?> thing, CelType... parameters) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(overload(name), thing.reference(), parameters));
  }

  /** The name under which the one form of a function is bound. */
  static String overload(String function) {
    return "irq_" + function;
  }

  private static final class Types implements CelTypeProvider {
    @Override
    public ImmutableList<CelType> types() {
      return TYPES;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Stream.of(HOST.type(), DEVICE.type(), VECTOR.type())
          .filter(type -> type.name().equals(name))
          .<CelType>map(type -> type)
          .findFirst();
    }
  }
}
