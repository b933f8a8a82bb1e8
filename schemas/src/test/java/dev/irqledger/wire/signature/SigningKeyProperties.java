package dev.irqledger.wire.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Held against the JDK's own Ed25519, and against the vectors of RFC 8032. */
class SigningKeyProperties {
  private static final HexFormat HEX = HexFormat.of();

  /** What stands before the seed in PKCS #8, and before the point in a SubjectPublicKeyInfo. */
  private static final String PKCS_8 = "302e020100300506032b657004220420";

  private static final String SUBJECT = "302a300506032b6570032100";

  /** A source that gives the same each time. */
  private static final class Known extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final Random random;

    private Known(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }

  private static KeyPair pair(long seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, new Known(seed));
    return generator.generateKeyPair();
  }

  @Property(tries = 200)
  void it_signs_as_the_jdk_does(@ForAll long seed, @ForAll @Size(max = 300) byte[] bytes)
      throws GeneralSecurityException {
    KeyPair pair = pair(seed);
    SigningKey signing = SigningKey.decode(pair.getPrivate().getEncoded());
    VerifyingKey verifying = VerifyingKey.decode(pair.getPublic().getEncoded());
    assertEquals(verifying, signing.verifying());
    assertArrayEquals(pair.getPublic().getEncoded(), verifying.encoded());
    Signature jdk = Signature.getInstance("Ed25519");
    jdk.initSign(pair.getPrivate());
    jdk.update(bytes);
    byte[] signature = signing.sign(bytes);
    assertArrayEquals(jdk.sign(), signature);
    assertTrue(verifying.signed(bytes, signature));
  }

  @Property(tries = 300)
  void one_bit_less_and_it_is_not_signed(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 100) byte[] bytes,
      @ForAll @IntRange(max = 100_000) int bit)
      throws GeneralSecurityException {
    SigningKey signing = SigningKey.decode(pair(seed).getPrivate().getEncoded());
    byte[] signature = signing.sign(bytes);
    byte[] flipped = bit % 2 == 0 ? bytes : signature;
    int at = bit / 2 % (flipped.length * 8);
    flipped[at / 8] ^= (byte) (1 << at % 8);
    assertFalse(signing.verifying().signed(bytes, signature));
  }

  /** RFC 8032, 7.1: tests 1 to 3. */
  @Example
  void it_signs_as_the_standard_shows() throws InvalidKeySpecException {
    vector(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    vector(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    vector(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  }

  private static void vector(String seed, String point, String text, String signature)
      throws InvalidKeySpecException {
    SigningKey signing = SigningKey.decode(HEX.parseHex(PKCS_8 + seed));
    byte[] signed = signing.sign(HEX.parseHex(text));
    assertEquals(signature, HEX.formatHex(signed));
    VerifyingKey verifying = VerifyingKey.decode(HEX.parseHex(SUBJECT + point));
    assertTrue(verifying.signed(HEX.parseHex(text), signed));
    assertEquals(verifying, signing.verifying());
  }

  /** The neutral element, and a point of order 8: what one signs with them, anybody can. */
  @Example
  void a_point_by_which_anybody_could_sign_is_no_key() {
    for (String point :
        new String[] {
          "0100000000000000000000000000000000000000000000000000000000000000",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
        }) {
      assertThrows(
          InvalidKeySpecException.class,
          () -> VerifyingKey.decode(HEX.parseHex(SUBJECT + point)),
          point);
    }
  }

  @Example
  void keys_of_another_curve_are_none() throws GeneralSecurityException {
    KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
    assertThrows(
        InvalidKeySpecException.class, () -> VerifyingKey.decode(other.getPublic().getEncoded()));
    assertThrows(
        InvalidKeySpecException.class, () -> SigningKey.decode(other.getPrivate().getEncoded()));
  }

  @Example
  void its_text_shows_nothing_of_a_private_key() throws GeneralSecurityException {
    KeyPair pair = pair(1);
    SigningKey signing = SigningKey.decode(pair.getPrivate().getEncoded());
    String seed = HEX.formatHex(pair.getPrivate().getEncoded()).substring(PKCS_8.length());
    assertFalse(signing.toString().contains(seed), signing::toString);
    assertEquals(64, signing.verifying().id().length());
  }
}
