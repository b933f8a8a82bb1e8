package dev.irqledger.benchmarks.calls;

import dev.irqledger.core.event.Authorship;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.signature.AuthorCheck;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.signature.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs that a host signs an event, and that a reader checks it. */
@State(Scope.Thread)
public class SignatureCalls {
  private static final int EVENTS = 256;
  private static final String HOST = "hv-0001";
  private static final long NOW_MS = 1_790_000_000_000L;

  private final List<byte[]> bytes = new ArrayList<>();
  private final List<byte[]> signatures = new ArrayList<>();
  private EventSigner signer = EventSigner.none();
  private AuthorCheck check = new AuthorCheck((_, _) -> Enrolment.NONE);
  private final Jdk jdk = Jdk.make();
  private int next;

  /** The JDK's own, with a key. */
  private record Jdk(Signature engine, KeyPair pair) {
    private static Jdk make() {
      try {
        return new Jdk(
            Signature.getInstance("Ed25519"),
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java since 15 has Ed25519", e);
      }
    }
  }

  @Setup
  public void sign() throws InvalidKeySpecException {
    SigningKey key = SigningKey.decode(jdk.pair.getPrivate().getEncoded());
    Enrolment.Period always = new Enrolment.Period(0, Long.MAX_VALUE);
    Enrolment enrolment =
        new Enrolment(List.of(new Enrolment.Key(key.verifying(), always)), List.of(always));
    signer = EventSigner.with(key);
    check = new AuthorCheck((_, _) -> enrolment);
    List<SealedEvent> log = new ArrayList<>();
    BusyDevices.moving(8, 8, 32, EVENTS).accept(log::add);
    for (SealedEvent sealed : log.subList(log.size() - EVENTS, log.size())) {
      bytes.add(sealed.bytes());
      signatures.add(Objects.requireNonNull(signer.sign(sealed.bytes())));
    }
  }

  /** As the agent does for each event, once it has a key. */
  @Benchmark
  public byte[] sign_an_event() {
    return Objects.requireNonNull(signer.sign(bytes.get(next())));
  }

  /** As every reader does for each event of a host that has a key enrolled. */
  @Benchmark
  public Authorship check_a_signature() {
    int which = next();
    return check.of(HOST, bytes.get(which), signatures.get(which), NOW_MS);
  }

  /** The same signature by the JDK: what the library is measured against. */
  @Benchmark
  public byte[] sign_an_event_with_the_jdk() throws GeneralSecurityException {
    jdk.engine.initSign(jdk.pair.getPrivate());
    jdk.engine.update(bytes.get(next()));
    return jdk.engine.sign();
  }

  /** The same check by the JDK. */
  @Benchmark
  public boolean check_a_signature_with_the_jdk() throws GeneralSecurityException {
    int which = next();
    jdk.engine.initVerify(jdk.pair.getPublic());
    jdk.engine.update(bytes.get(which));
    return jdk.engine.verify(signatures.get(which));
  }

  private int next() {
    next = (next + 1) & (EVENTS - 1);
    return next;
  }
}
