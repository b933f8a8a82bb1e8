package dev.irqledger.replay.archive;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A file that is being written. It gets its name only when it is whole and on disk. */
final class NewFile implements AutoCloseable {
  private final Disk disk;
  private final Path directory;
  private final Path unfinished;
  private final Counting content;

  /** Begins a file under a name that nobody takes for a finished one. */
  NewFile(Disk disk, Path directory, String temporaryName) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.unfinished = directory.resolve(temporaryName + Layout.UNFINISHED);
    this.content = new Counting(new BufferedOutputStream(disk.create(unfinished), 1 << 16));
  }

  /** Where the content goes. */
  OutputStream content() {
    return content;
  }

  long bytes() {
    return content.bytes;
  }

  /**
   * Ends the content, and gives the file its name.
   *
   * @param name its path below the archive's directory
   */
  StoredFile publish(String name) throws IOException {
    content.close();
    disk.force(unfinished);
    Path file = directory.resolve(name);
    disk.rename(unfinished, file);
    Path parent = file.getParent();
    disk.force(parent == null ? directory : parent);
    return new StoredFile(name, content.bytes, Sha256.end(content.digest));
  }

  /** The same for the one file whose name is fixed. */
  void replace(Path file) throws IOException {
    content.close();
    disk.force(unfinished);
    disk.rename(unfinished, file);
    disk.force(directory);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Counting extends FilterOutputStream {
    private final MessageDigest digest = Sha256.begin();
    private long bytes;
    private boolean closed;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
      out.write(b, from, length);
      digest.update(b, from, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        super.close();
      }
    }
  }
}
