package io.colloquy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long people wait for the first word and for the whole answer, while others ask too. Questions
 * are asked at fixed times whether or not earlier ones are answered, and each counts from the time
 * it was to be asked: what waits in a queue is counted (no coordinated omission).
 */
final class TurnLatency {

  private static final int PEOPLE = 40;
  private static final int PER_SECOND = 15;
  private static final int WARM_UP_SECONDS = 15;
  private static final int SECONDS = 40;

  private TurnLatency() {}

  private record Waiting(long since, boolean measured, Result result, CountDownLatch open) {}

  private record Result(Histogram first, Histogram whole) {}

  static void measure(Figures figures) throws Exception {
    Result ours;
    Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "turns");
    try (ChildProcess server = ChildProcess.colloquy(home)) {
      Rest rest = Rest.signedIn(server.base(), "manager");
      List<String> conversations = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        conversations.add(rest.openConversation());
      }
      ours = run(server.base(), rest.token(), conversations);
    }
    Result bare;
    try (ChildProcess server = ChildProcess.bare()) {
      List<String> conversations = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        conversations.add("c" + i);
      }
      bare = run(server.base(), "none", conversations);
    }
    for (double percentile : new double[] {50, 99, 99.9}) {
      figures.ratio(
          "first word, p%s, %d turns/s, beside Spring AI alone".formatted(percentile, PER_SECOND),
          millis(ours.first(), percentile),
          millis(bare.first(), percentile),
          "ms",
          null);
    }
    for (double percentile : new double[] {50, 99, 99.9}) {
      figures.ratio(
          "whole turn with its widget, p%s, beside Spring AI alone".formatted(percentile),
          millis(ours.whole(), percentile),
          millis(bare.whole(), percentile),
          "ms",
          null);
    }
    figures.value("first word p99, our own share", millis(ours.first(), 99), "ms", "<= 50");
    figures.value("widget p99, our own share", millis(ours.whole(), 99), "ms", "<= 200");
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  private static Result run(String base, String token, List<String> conversations)
      throws Exception {
    ConcurrentHashMap<String, Waiting> waiting = new ConcurrentHashMap<>();
    List<RawStomp> people = new ArrayList<>();
    for (String conversation : conversations) {
      RawStomp stomp = new RawStomp(base, token, frame -> received(frame, waiting));
      stomp.subscribe("/topic/conversations/" + conversation);
      people.add(stomp);
    }
    Result result = new Result(new ConcurrentHistogram(3), new ConcurrentHistogram(3));
    int questions = (WARM_UP_SECONDS + SECONDS) * PER_SECOND;
    CountDownLatch open = new CountDownLatch(questions);
    long begin = System.nanoTime();
    for (int i = 0; i < questions; i++) {
      long due = begin + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      String turn = UUID.randomUUID().toString();
      waiting.put(turn, new Waiting(due, i >= WARM_UP_SECONDS * PER_SECOND, result, open));
      people
          .get(i % PEOPLE)
          .send(
              "/app/conversations/" + conversations.get(i % PEOPLE) + "/turns",
              "{\"turn_id\":\"%s\",\"content\":\"Total revenue in 2024\"}".formatted(turn));
    }
    if (!open.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " turns were not answered");
    }
    people.forEach(RawStomp::close);
    return result;
  }

  private static void received(String frame, ConcurrentHashMap<String, Waiting> waiting) {
    long now = System.nanoTime();
    int at = frame.indexOf("\"turn_id\":\"");
    if (at < 0) {
      return;
    }
    String turn = frame.substring(at + 11, at + 47);
    boolean text = frame.contains("\"type\":\"text\"");
    boolean done = frame.contains("\"type\":\"done\"");
    if (text) {
      Waiting first = waiting.get(turn + ":first") == null ? waiting.get(turn) : null;
      if (first != null) {
        waiting.put(turn + ":first", first);
        if (first.measured()) {
          first.result().first().recordValue(now - first.since());
        }
      }
    } else if (done) {
      Waiting whole = waiting.remove(turn);
      if (whole != null) {
        if (whole.measured()) {
          whole.result().whole().recordValue(now - whole.since());
        }
        whole.open().countDown();
      }
    }
  }
}
