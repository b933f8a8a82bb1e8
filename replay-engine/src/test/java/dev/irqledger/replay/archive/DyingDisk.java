package dev.irqledger.replay.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A disk on which the process dies at a given step: nothing that comes later happens, and a content
 * that was not forced before is lost by half, as by a loss of power.
 */
final class DyingDisk implements Disk {
  private final long stepsToLive;
  private final Set<Path> unforced = new HashSet<>();
  private long steps;

  /** The process is no more. An error, so that nobody takes it for a full disk. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  DyingDisk(long stepsToLive) {
    this.stepsToLive = stepsToLive;
  }

  /** How many steps there were. */
  long steps() {
    return steps;
  }

  private void step() {
    if (++steps > stepsToLive) {
      throw new Killed();
    }
  }

  /** What a loss of power does to what was written and not forced. */
  void losePower() throws IOException {
    for (Path file : unforced) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 2);
      }
    }
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    step();
    Disk.super.createDirectories(directory);
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    step();
    unforced.add(file);
    return new FilterOutputStream(Disk.super.create(file)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        step();
        out.write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        if (steps <= stepsToLive) {
          super.flush();
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public void force(Path fileOrDirectory) {
    step();
    unforced.remove(fileOrDirectory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    Disk.super.rename(from, to);
    if (unforced.remove(from)) {
      unforced.add(to);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    Disk.super.delete(file);
  }
}
