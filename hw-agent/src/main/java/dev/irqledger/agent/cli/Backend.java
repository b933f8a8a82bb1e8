package dev.irqledger.agent.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which kernel the agent asks. */
enum Backend {
  /** A host in memory that follows vfio-pci's rules. */
  MODELLED;

  static final class Converter implements ITypeConverter<Backend> {
    @Override
    public Backend convert(String text) {
      if (text.equals("modelled")) {
        return MODELLED;
      }
      throw new TypeConversionException("there is no backend '" + text + "' (there is modelled)");
    }
  }
}
