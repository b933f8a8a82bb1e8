package dev.irqledger.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a release left behind when its service was stopped and its agents died: the topics, the
 * group's positions, the service's state directory, the agents' journals, and what the service
 * answered at last. It is kept for good, so that later releases show that they go on from it.
 *
 * @param folder named after the release
 */
record GoldenRelease(Path folder) {
  static final Path ALL = Path.of("src", "test", "resources", "golden-release");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * What stands beside the files.
   *
   * @param clusterId of the cluster that the journals belong to
   * @param positions of the service's group
   * @param waiting the ids of the events that only the journals have, by host, in their order
   * @param answers what the service said to each path
   */
  record Facts(
      String clusterId,
      List<Committed> positions,
      SortedMap<String, List<UUID>> waiting,
      SortedMap<String, JsonNode> answers) {}

  /** A position as the service's group committed it. */
  record Committed(String topic, int partition, long offset, String metadata) {}

  static GoldenRelease of(String release) {
    return new GoldenRelease(ALL.resolve(release));
  }

  static List<GoldenRelease> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.sorted().map(GoldenRelease::new).toList();
    }
  }

  Path topicsFile() {
    return folder.resolve("topics.avro");
  }

  Path stateFile() {
    return folder.resolve("state.zip");
  }

  Path journalsFile() {
    return folder.resolve("journals.zip");
  }

  private Path factsFile() {
    return folder.resolve("release.json");
  }

  KeptTopics topics() throws IOException {
    return KeptTopicsFile.read(topicsFile());
  }

  Facts facts() throws IOException {
    return JSON.readValue(factsFile().toFile(), Facts.class);
  }

  void write(Facts facts) throws IOException {
    Files.writeString(factsFile(), JSON.writeValueAsString(facts) + "\n");
  }

  @Override
  public String toString() {
    return "release " + folder.getFileName();
  }
}
