package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor signs a log, and somebody writes it anew. */
class SignedHeadsTest {
  private static final int OPERATIONS = 44;

  @TempDir private Path folder;
  private Path key;
  private Path publicKey;

  @BeforeEach
  void keys() throws IOException, GeneralSecurityException {
    SigningKeys keys = SigningKeys.create(folder);
    key = keys.secret();
    publicKey = keys.open();
  }

  private Path archive(String name, List<String> lines) throws IOException {
    Path recording = Files.write(folder.resolve(name + ".log"), lines);
    Path archive = folder.resolve(name);
    CommandRun run =
        CommandRun.of(
            "replay",
            "import",
            recording.toString(),
            "--host",
            "hv-1",
            "--out",
            archive.toString());
    assertEquals(0, run.code(), run.err());
    return archive;
  }

  private Path signed(Path archive, String point) {
    Path heads = folder.resolve("heads.json");
    CommandRun run =
        CommandRun.of(
            "replay",
            "sign",
            "--archive",
            archive.toString(),
            "--at",
            point,
            "--key",
            key.toString(),
            "--public-key",
            publicKey.toString(),
            "--out",
            heads.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("1 heads up to offset:0@"), run.out());
    return heads;
  }

  private CommandRun verify(Path archive, Path heads, String... more) {
    List<String> words = new ArrayList<>(List.of("replay", "verify"));
    words.addAll(List.of("--archive", archive.toString(), "--heads", heads.toString()));
    words.addAll(List.of("--public-key", publicKey.toString()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  @Test
  void a_log_that_has_grown_still_has_the_heads_that_were_signed() throws IOException {
    Path archive = archive("log", Samples.lines(Samples.QEMU_BOOT_TRACE));
    CommandRun run = verify(archive, signed(archive, "offset:0@20"), "-o", "json");
    assertEquals(0, run.code(), run.out());
    JsonNode heads = new ObjectMapper().readTree(run.out()).get("heads");
    assertEquals(1, heads.get("signed").asInt());
    assertEquals(1, heads.get("equal").asInt());
    CommandRun elsewhere = verify(archive, signed(archive, "latest"), "--host", "hv-1");
    assertTrue(elsewhere.out().contains("heads     1 of 1 signed ones are in the log"));
  }

  @Test
  void a_log_that_was_written_anew_is_sound_by_itself_but_has_not_the_signed_head()
      throws IOException {
    List<String> lines = Samples.lines(Samples.QEMU_BOOT_TRACE);
    Path heads = signed(archive("log", lines), "latest");
    Path anew = archive("anew", lines.subList(0, lines.size() - 3));
    CommandRun alone = CommandRun.of("replay", "verify", "--archive", anew.toString());
    assertEquals(0, alone.code(), alone.out());
    CommandRun run = verify(anew, heads);
    assertEquals(1, run.code(), run.out());
    assertTrue(run.out().contains("HEAD_NOT_IN_LOG"), run.out());
    assertTrue(run.out().contains("0@" + (OPERATIONS - 1)), run.out());
  }

  @Test
  void what_is_no_key_or_no_pair_is_refused_in_one_line() throws Exception {
    Path archive = archive("log", Samples.lines(Samples.QEMU_BOOT_TRACE));
    Path heads = signed(archive, "latest");
    Path mine = publicKey;
    keys();
    CommandRun other = verify(archive, heads);
    assertEquals(6, other.code(), other.err());
    assertTrue(other.err().contains("not signed with the key"), other.err());
    CommandRun noKey = verify(archive, mine);
    assertEquals(6, noKey.code(), noKey.err());
    assertEquals(1, noKey.err().lines().count(), noKey.err());
    CommandRun half = CommandRun.of("replay", "verify", "--heads", heads.toString());
    assertEquals(2, half.code());
    assertFalse(half.err().contains("\tat "), half.err());
  }
}
