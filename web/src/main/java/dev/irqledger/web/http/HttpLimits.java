package dev.irqledger.web.http;

import java.time.Duration;

/**
 * What one client, or all of them together, may ask of the service.
 *
 * @param connections how many connections may be open at once; others wait
 * @param requests how many requests are answered at once, streams aside; others are told to come
 *     again
 * @param streams how many clients may follow the stream at once
 * @param headerBytes how long a request's line and headers may be together
 * @param idle how long a client may neither send nor take anything before it is cut off
 * @param streamLife how long a stream lasts; a client goes on with a new one where it ended
 * @param heartbeat how long a stream is silent at the most
 * @param cuts how many lists of devices are kept for the pages that follow
 */
public record HttpLimits(
    int connections,
    int requests,
    int streams,
    int headerBytes,
    Duration idle,
    Duration streamLife,
    Duration heartbeat,
    int cuts) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          256,
          64,
          32,
          16 * 1024,
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          16);
}
