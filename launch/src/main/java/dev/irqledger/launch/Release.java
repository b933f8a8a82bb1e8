package dev.irqledger.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which release a program is of, as {@code --version} tells it. */
public final class Release implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"IRQ Ledger " + number()};
  }

  private static String number() {
    Properties release = new Properties();
    try (InputStream in = Release.class.getResourceAsStream("release.properties")) {
      if (in == null) {
        throw new IllegalStateException("the program was built without its release.properties");
      }
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return release.getProperty("version");
  }
}
