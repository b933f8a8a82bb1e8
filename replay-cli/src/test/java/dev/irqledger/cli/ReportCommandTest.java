package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page about the recorded host that ran out of CPU vectors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportCommandTest {
  @TempDir private static Path folder;
  private Path archive;

  @BeforeAll
  void make() throws IOException {
    Path recording = Files.write(folder.resolve("recording"), Samples.lines(Samples.EXHAUSTION));
    archive = folder.resolve("case");
    assertEquals(0, replay("import --host hv-1 --out", archive.toString(), recording.toString()));
  }

  private static int replay(String line, String... more) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(new ReplayCommand(), words.toArray(String[]::new));
    assertFalse(run.err().contains("\tat "), run.err());
    return run.code();
  }

  private String page(String options) throws IOException {
    Path file = folder.resolve("page.html");
    int code =
        replay("report " + options, "--archive", archive.toString(), "--out", file.toString());
    assertEquals(0, code);
    return Files.readString(file);
  }

  private static Document parsed(String page) throws Exception {
    String xml = page.replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void it_shows_pools_holders_findings_and_the_lives_of_vectors() throws Exception {
    Document page = parsed(page("--host hv-1"));
    assertEquals(2, elements(page, "svg").size());
    assertTrue(
        elements(page, "svg").getFirst().getAttribute("aria-label").endsWith("at most 1500 irqs"));
    assertEquals(128, elements(page, "text").size() - 1);
    long armed =
        elements(page, "rect").stream()
            .filter(rect -> rect.getAttribute("class").equals("ARMED"))
            .count();
    assertTrue(armed >= 128, armed + " armed");
    long empty =
        elements(page, "td").stream()
            .filter(cell -> cell.getTextContent().equals("pool found empty: CPU_VECTORS"))
            .count();
    assertEquals(3, empty);
  }

  @Test
  void it_needs_nothing_that_is_not_in_it() throws Exception {
    String page = page("--host hv-1");
    assertFalse(page.contains("http"), "no address");
    assertFalse(page.contains("src="), "no file");
    assertFalse(page.contains("<script"), "no program");
    assertTrue(page.contains("--armed:"), "the style is in it");
  }

  @Test
  void what_was_before_the_first_point_is_where_it_begins() throws Exception {
    Document page = parsed(page("-d hv-1/0000:01:00.0 --from offset:0@8 --to offset:0@9"));
    List<String> cells = elements(page, "td").stream().map(Element::getTextContent).toList();
    assertEquals("offset:0@8", cells.get(1));
    assertEquals("1", cells.get(cells.indexOf("events") + 1));
    assertTrue(
        elements(page, "svg").getFirst().getAttribute("aria-label").endsWith("at most 588 irqs"));
  }

  @Test
  void what_cannot_be_done_is_said_in_one_line() {
    String there = archive.toString();
    String out = folder.resolve("page").toString();
    assertEquals(7, replay("report --out", "/nowhere/page.html", "--archive", there));
    assertEquals(5, replay("report --host nobody --out", out, "--archive", there));
    assertEquals(5, replay("report --from offset:0@999 --out", out, "--archive", there));
    assertEquals(2, replay("report --archive", there));
  }
}
