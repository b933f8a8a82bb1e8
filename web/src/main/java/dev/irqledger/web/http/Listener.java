package dev.irqledger.web.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Where connections come in, plain or encrypted, and how other instances are reached alike. */
final class Listener {
  private static final Duration CONNECTING = Duration.ofSeconds(3);

  private final HttpSettings settings;

  Listener(HttpSettings settings) {
    this.settings = settings;
  }

  Connector connector(Server server, HttpConfiguration http, Refusals refusals) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    HttpSettings.Tls tls = settings.tls();
    ServerConnector connector =
        tls == null
            ? new ServerConnector(server, plain)
            : new ServerConnector(server, encrypted(tls, plain), plain);
    if (tls != null) {
      connector.addBean(failures(refusals));
    }
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    return connector;
  }

  private static SslHandshakeListener failures(Refusals refusals) {
    return new SslHandshakeListener() {
      @Override
      public void handshakeFailed(Event event, Throwable failure) {
        refusals.refused(Refusal.HANDSHAKE, String.valueOf(event.getSSLEngine().getPeerHost()));
      }
    };
  }

  private static SslConnectionFactory encrypted(
      HttpSettings.Tls tls, HttpConnectionFactory inside) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
    ssl.setKeyStoreType("PKCS12");
    ssl.setKeyStorePassword(tls.password());
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return new SslConnectionFactory(ssl, inside.getProtocol());
  }

  /**
   * A client for the other instances. Where they are encrypted, it trusts the certificates in the
   * own key store: they have the same, or ones of the same authority.
   *
   * @throws HttpException if the key store cannot be used
   */
  HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING);
    HttpSettings.Tls tls = settings.tls();
    return (tls == null ? client : client.sslContext(trusting(tls))).build();
  }

  private static SSLContext trusting(HttpSettings.Tls tls) {
    try {
      KeyStore own = KeyStore.getInstance(tls.keystore().toFile(), tls.password().toCharArray());
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (String alias : Collections.list(own.aliases())) {
        Certificate[] chain = own.getCertificateChain(alias);
        trusted.setCertificateEntry(
            alias, chain == null ? own.getCertificate(alias) : chain[chain.length - 1]);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new HttpException(
          "the key store " + tls.keystore() + " cannot be used: check the file and its password",
          e);
    }
  }
}
