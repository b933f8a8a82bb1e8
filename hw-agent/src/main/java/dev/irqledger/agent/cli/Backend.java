package dev.irqledger.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which kernel the agent asks. */
enum Backend {
  /** The running one. */
  LINUX,
  /** A host in memory that follows vfio-pci's rules. */
  MODELLED;

  static final class Converter implements ITypeConverter<Backend> {
    @Override
    public Backend convert(String text) {
      return switch (text) {
        case "linux" -> LINUX;
        case "modelled" -> MODELLED;
        default ->
            throw new TypeConversionException(
                "there is no backend '" + text + "' (there are linux and modelled)");
      };
    }
  }
}
