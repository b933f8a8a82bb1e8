package dev.irqledger.replay.restore;

import dev.irqledger.replay.LogRecord;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 for each partition over all that makes up its records: offset, log time, key, value and
 * headers. Two logs with the same digests hold the same.
 */
final class RecordDigests {
  private static final int NONE = -1;

  private final SortedMap<Integer, DataOutputStream> partitions = new TreeMap<>();
  private final SortedMap<Integer, MessageDigest> digests = new TreeMap<>();

  /** Takes the next record of its partition. */
  void add(LogRecord record) {
    try {
      DataOutputStream out = partitions.computeIfAbsent(record.partition(), this::begin);
      out.writeLong(record.offset());
      out.writeLong(record.logTimeMillis());
      write(record.key(), out);
      write(record.value(), out);
      out.writeInt(record.headers().size());
      for (LogRecord.Header header : record.headers()) {
        write(header.key().getBytes(StandardCharsets.UTF_8), out);
        write(header.value(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere", e);
    }
  }

  private DataOutputStream begin(int partition) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digests.put(partition, digest);
      return new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes == null ? NONE : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  /** The digests of the partitions that had records, in hexadecimal. To be asked once. */
  SortedMap<Integer, String> finish() {
    SortedMap<Integer, String> finished = new TreeMap<>();
    digests.forEach(
        (partition, digest) -> finished.put(partition, HexFormat.of().formatHex(digest.digest())));
    return finished;
  }
}
