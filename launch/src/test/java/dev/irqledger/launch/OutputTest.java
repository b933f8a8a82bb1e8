package dev.irqledger.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static Output failing(String why) {
    return new Output(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(why);
          }
        });
  }

  @Test
  void what_is_written_arrives() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes);
    output.write("data".getBytes(StandardCharsets.UTF_8));
    assertEquals("data", bytes.toString(StandardCharsets.UTF_8));
    assertNull(output.loss());
  }

  @Test
  void a_full_disk_is_a_loss() {
    Output output = failing("No space left on device");
    assertThrows(IOException.class, () -> output.write('x'));
    assertEquals("No space left on device", output.loss());
  }

  @Test
  void a_reader_that_wants_no_more_is_none() {
    Output output = failing("Broken pipe");
    assertThrows(IOException.class, () -> output.write('x'));
    assertNull(output.loss());
  }
}
