package dev.irqledger.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.verify.Heads.Head;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.signature.SigningKey;
import dev.irqledger.wire.signature.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadsEnvelopeTest {
  private static final Heads HEADS =
      new Heads(
          "offset:0@41,1@7",
          new TreeMap<>(
              Map.of(
                  DeviceKey.parse("hv-1/0000:01:00.0"),
                  new Head(
                      new LogPosition(0, 40, 1_790_000_000_000L),
                      3,
                      17,
                      new EventHash(1, 2, 3, -4)),
                  DeviceKey.parse("hv-2/0000:02:00.1"),
                  new Head(
                      new LogPosition(1, 7, 1_790_000_000_001L),
                      1,
                      1,
                      new EventHash(5, 6, 7, 8)))));

  @TempDir private Path folder;
  private final KeyPair keys = pair();
  private SigningKey signing;
  private VerifyingKey verifying;

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void decode() throws InvalidKeySpecException {
    signing = SigningKey.decode(keys.getPrivate().getEncoded());
    verifying = VerifyingKey.decode(keys.getPublic().getEncoded());
  }

  private byte[] sealed() {
    return HeadsEnvelope.seal(HEADS, signing, verifying);
  }

  @Test
  void what_was_signed_comes_out_again() {
    assertEquals(HEADS, HeadsEnvelope.open(sealed(), verifying));
  }

  @Test
  void it_is_an_envelope_that_other_programs_can_check() throws Exception {
    JsonNode envelope = new ObjectMapper().readTree(sealed());
    byte[] payload = Base64.getDecoder().decode(envelope.get("payload").asText());
    String type = envelope.get("payloadType").asText();
    String before = "DSSEv1 " + type.length() + " " + type + " " + payload.length + " ";
    var signature = java.security.Signature.getInstance("Ed25519");
    signature.initVerify(keys.getPublic());
    signature.update(before.getBytes(StandardCharsets.US_ASCII));
    signature.update(payload);
    JsonNode signed = envelope.get("signatures").get(0);
    assertTrue(signature.verify(Base64.getDecoder().decode(signed.get("sig").asText())));
    assertEquals(verifying.id(), signed.get("keyid").asText());
    assertEquals("hv-1", new ObjectMapper().readTree(payload).at("/heads/0/host").asText());
  }

  @Test
  void no_bit_can_be_flipped_so_that_other_heads_come_out() {
    byte[] sealed = sealed();
    int refused = 0;
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertEquals(HEADS, HeadsEnvelope.open(flipped, verifying));
      } catch (ReplayException e) {
        assertEquals(Kind.INPUT_UNREADABLE, e.kind());
        refused++;
      }
    }
    assertTrue(refused > sealed.length * 6, refused + " of " + sealed.length * 8);
  }

  @Test
  void another_key_opens_nothing_and_only_a_pair_signs() {
    ReplayException other =
        assertThrows(
            ReplayException.class,
            () -> HeadsEnvelope.open(sealed(), SigningKey.generate().verifying()));
    assertTrue(other.getMessage().contains("not signed with the key"), other.getMessage());
    assertTrue(other.getMessage().contains(verifying.id()), other.getMessage());
    ReplayException noPair =
        assertThrows(
            ReplayException.class,
            () -> HeadsEnvelope.seal(HEADS, signing, SigningKey.generate().verifying()));
    assertEquals(Kind.WRONG_USE, noPair.kind());
  }

  @Test
  void null_is_no_envelope_and_no_signature() {
    String noSignature =
        "{\"payloadType\":\"%s\",\"payload\":\"\",\"signatures\":[null]}"
            .formatted(HeadsEnvelope.TYPE);
    for (String text : new String[] {"null", noSignature}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      ReplayException e =
          assertThrows(ReplayException.class, () -> HeadsEnvelope.open(bytes, verifying), text);
      assertEquals(Kind.INPUT_UNREADABLE, e.kind());
    }
  }

  private Path pem(String what, byte[] key) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-')),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  @Test
  void keys_are_read_as_openssl_writes_them() throws Exception {
    Path key = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    Path publicKey = pem("PUBLIC KEY", keys.getPublic().getEncoded());
    byte[] sealed = HeadsEnvelope.seal(HEADS, HeadKeys.signing(key), HeadKeys.checking(publicKey));
    assertEquals(HEADS, HeadsEnvelope.open(sealed, verifying));
  }

  @Test
  void a_file_that_holds_no_key_is_named_and_not_shown() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "hunter2");
    Path wrong = pem("PRIVATE KEY", "hunter2".getBytes(StandardCharsets.UTF_8));
    Path shared =
        Files.writeString(
            folder.resolve("shared"), "-----BEGIN PRIVATE KEY---------END PRIVATE KEY-----");
    for (Path file : new Path[] {secret, wrong, shared, folder.resolve("none")}) {
      ReplayException e = assertThrows(ReplayException.class, () -> HeadKeys.signing(file));
      assertEquals(Kind.INPUT_UNREADABLE, e.kind());
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
    }
    assertThrows(ReplayException.class, () -> HeadKeys.checking(wrong));
  }
}
