package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents lead to each other. */
class DocumentLinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Path OPERATIONS = Path.of("docs", "operations");
  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  private static List<MatchResult> links(Path document) throws IOException {
    return LINK.matcher(DocumentedCommand.textOf(document)).results().toList();
  }

  @Test
  void every_link_leads_to_a_file_and_to_a_section_of_it() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : DocumentedCommand.documents()) {
      for (MatchResult link : links(document)) {
        Path file = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        boolean there = Files.exists(ROOT.resolve(file));
        boolean told = link.group(2) == null || (there && sections(file).contains(link.group(2)));
        if (!there || !told) {
          broken.add(document + ": " + link.group());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void the_first_page_for_operators_leads_to_all_others() throws IOException {
    Set<String> linked =
        links(OPERATIONS.resolve("README.md")).stream()
            .map(link -> link.group(1))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(ROOT.resolve(OPERATIONS))) {
      Set<String> others =
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
      others.remove("README.md");
      assertTrue(linked.containsAll(others), () -> others + " but " + linked);
    }
  }

  /** The names of a document's sections, as links spell them. */
  private static Set<String> sections(Path document) throws IOException {
    return DocumentedCommand.textOf(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\d _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
