package dev.irqledger.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void a_name_cannot_speak_to_the_terminal() {
    assertEquals("?[2Jqemu[7]", Words.who(Actor.process(7, "\u001b[2Jqemu")));
    assertEquals("refused: ?]0;x?", Words.what(new CommandRefused("\u001b]0;x\u0007")));
  }
}
