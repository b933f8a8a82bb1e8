package dev.irqledger.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  @TempDir private Path data;

  /** Asks by hand: a client would go on to the advertised address, which only guests reach. */
  private static String advertisedAt(int port) throws IOException {
    short version = ApiKeys.METADATA.latestVersion();
    RequestHeader header = new RequestHeader(ApiKeys.METADATA, version, "test", 1);
    ByteBuffer request =
        MetadataRequest.Builder.allTopics().build(version).serializeWithHeader(header);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(request.remaining());
      out.write(request.array(), request.arrayOffset() + request.position(), request.remaining());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(in.readInt()));
      MetadataResponse response = (MetadataResponse) AbstractResponse.parseResponse(answer, header);
      Node node = response.brokers().iterator().next();
      return node.host() + ":" + node.port();
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  @Test
  void guests_are_sent_to_the_host_as_they_see_it_and_others_to_the_loopback() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.startForGuests(data)) {
      String forGuests = broker.bootstrapServersForGuests();
      assertEquals("10.0.2.2:" + port(forGuests), forGuests);
      assertEquals(forGuests, advertisedAt(port(forGuests)));
      String forOthers = broker.bootstrapServers();
      assertEquals(forOthers, advertisedAt(port(forOthers)));
    }
  }

  @Test
  void without_guests_there_is_no_listener_for_them() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
      assertThrows(IllegalStateException.class, broker::bootstrapServersForGuests);
    }
  }
}
