package io.colloquy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One conversation that very many follow: messages delivered a second, and memory for each. */
final class FanOut {

  private static final int DELIVERIES = 200_000;
  private static final int ROUNDS = 3;

  private FanOut() {}

  private record Result(double perSecond, double bytesEach) {}

  static void measure(Figures figures) throws Exception {
    for (int followers : new int[] {1000, 5000}) {
      Result ours;
      Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "fan");
      try (ChildProcess server = ChildProcess.colloquy(home)) {
        Rest rest = Rest.signedIn(server.base(), "manager");
        ours = run(server, rest.token(), rest.openConversation(), followers);
      }
      Result bare;
      try (ChildProcess server = ChildProcess.bare()) {
        bare = run(server, "none", "c", followers);
      }
      figures.ratio(
          "messages/s to %,d connections, beside Spring's simple broker".formatted(followers),
          ours.perSecond(),
          bare.perSecond(),
          "/s",
          ">= 0.8");
      figures.ratio(
          "memory of each of %,d connections".formatted(followers),
          ours.bytesEach() / 1024,
          bare.bytesEach() / 1024,
          "KiB",
          null);
    }
  }

  private static Result run(ChildProcess server, String token, String conversation, int followers)
      throws Exception {
    String base = server.base();
    AtomicLong received = new AtomicLong();
    long before = server.liveBytes();
    List<RawStomp> people = new ArrayList<>();
    for (int i = 0; i < followers; i++) {
      RawStomp stomp = new RawStomp(base, token, frame -> received.incrementAndGet());
      stomp.subscribe("/topic/conversations/" + conversation);
      people.add(stomp);
    }
    RawStomp speaker = new RawStomp(base, token, frame -> {});
    // What was there before is on its way to them; a message that all have tells that it is over.
    long settled = say(speaker, conversation, 1, received, followers);
    double bytesEach = (server.liveBytes() - before) / (double) followers;
    double best = 0;
    int messages = DELIVERIES / followers;
    for (int round = 0; round < ROUNDS; round++) {
      long nanos = say(speaker, conversation, messages, received, followers);
      best = Math.max(best, messages * (double) followers / nanos * 1e9);
    }
    people.forEach(RawStomp::close);
    speaker.close();
    if (settled == 0) {
      throw new IllegalStateException("Nothing was received");
    }
    return new Result(best, bytesEach);
  }

  private static long say(
      RawStomp speaker, String conversation, int messages, AtomicLong received, int followers)
      throws InterruptedException {
    // Whoever joined late may get earlier messages still.
    quiet(received);
    long from = received.get();
    long begin = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      speaker.send(
          "/app/conversations/" + conversation + "/state",
          "{\"event\":\"filter_update\",\"data\":{\"key\":\"region\",\"value\":\"%d\"}}"
              .formatted(begin + i));
    }
    long all = from + (long) messages * followers;
    long patience = begin + TimeUnit.SECONDS.toNanos(60);
    while (received.get() < all) {
      if (System.nanoTime() > patience) {
        throw new IllegalStateException(all - received.get() + " messages did not come");
      }
      LockSupport.parkNanos(100_000);
    }
    return System.nanoTime() - begin;
  }

  private static void quiet(AtomicLong received) throws InterruptedException {
    long last;
    do {
      last = received.get();
      TimeUnit.MILLISECONDS.sleep(300);
    } while (received.get() != last);
  }
}
