package dev.irqledger.benchmarks.calls;

import dev.irqledger.core.event.Authorship;
import dev.irqledger.standalone.BusyDevices;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.signature.AuthorCheck;
import dev.irqledger.wire.signature.Enrolment;
import dev.irqledger.wire.signature.EventSigner;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
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
  private int next;

  @Setup
  public void sign() throws NoSuchAlgorithmException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Enrolment.Period always = new Enrolment.Period(0, Long.MAX_VALUE);
    Enrolment enrolment =
        new Enrolment(List.of(new Enrolment.Key(pair.getPublic(), always)), List.of(always));
    signer = EventSigner.with(pair.getPrivate());
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

  private int next() {
    next = (next + 1) & (EVENTS - 1);
    return next;
  }
}
