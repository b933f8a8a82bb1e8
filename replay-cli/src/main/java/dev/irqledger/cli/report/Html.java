package dev.irqledger.cli.report;

import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes HTML with SVG in it; every text is escaped. */
final class Html {
  private final XMLStreamWriter out;

  Html(Writer to) throws XMLStreamException {
    this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to);
  }

  /** The content of an element. */
  @FunctionalInterface
  interface Content {
    void write() throws XMLStreamException;
  }

  void doctype() throws XMLStreamException {
    out.writeDTD("<!DOCTYPE html>");
  }

  /**
   * An element.
   *
   * @param attributes names and values in turn
   */
  void element(String name, List<String> attributes, Content content) throws XMLStreamException {
    out.writeStartElement(name);
    attributes(attributes);
    content.write();
    out.writeEndElement();
  }

  /** An element that has no content. */
  void empty(String name, String... attributes) throws XMLStreamException {
    out.writeEmptyElement(name);
    attributes(List.of(attributes));
  }

  private void attributes(List<String> attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.size(); i += 2) {
      out.writeAttribute(attributes.get(i), attributes.get(i + 1));
    }
  }

  /** An element around a text. */
  void text(String name, String text, String... attributes) throws XMLStreamException {
    element(name, List.of(attributes), () -> out.writeCharacters(text));
  }

  /** A table; a column of numbers is one whose head begins with a {@code #}. */
  void table(List<String> heads, List<List<String>> rows) throws XMLStreamException {
    element(
        "table",
        List.of(),
        () -> {
          element("thead", List.of(), () -> row("th", heads, heads));
          element(
              "tbody",
              List.of(),
              () -> {
                for (List<String> row : rows) {
                  row("td", heads, row);
                }
              });
        });
  }

  private void row(String cell, List<String> heads, List<String> texts) throws XMLStreamException {
    element(
        "tr",
        List.of(),
        () -> {
          for (int i = 0; i < texts.size(); i++) {
            boolean number = heads.get(i).startsWith("#");
            String text = cell.equals("th") && number ? texts.get(i).substring(1) : texts.get(i);
            text(cell, text, "class", number ? "n" : "t");
          }
        });
  }

  void end() throws XMLStreamException {
    out.writeEndDocument();
    out.flush();
  }
}
