package dev.irqledger.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output, of which it is remembered why it could not be written. */
final class Output extends FilterOutputStream {
  private @Nullable IOException failure;

  Output() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  Output(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** Why something is missing; null where all was written, or its reader wanted no more. */
  @Nullable String loss() {
    if (failure == null) {
      return null;
    }
    String why = String.valueOf(failure.getMessage());
    return why.contains("Broken pipe") ? null : why;
  }
}
