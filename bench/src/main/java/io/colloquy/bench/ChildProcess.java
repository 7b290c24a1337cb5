package io.colloquy.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, on this process's class path. */
final class ChildProcess implements AutoCloseable {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ChildProcess start(
      String main, String classPath, List<String> options, Map<String, String> environment)
      throws IOException {
    Path log = Files.createTempFile(Files.createDirectories(Path.of("target")), "bench", ".log");
    List<String> command =
        new ArrayList<>(List.of(JAVA.resolve("java").toString(), "-cp", classPath));
    command.addAll(options);
    command.add(main);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SERVER_PORT", "0");
    builder.environment().putAll(environment);
    for (String limit : List.of("SIGNINS", "ADDRESSREQUESTS", "REQUESTS", "TURNS", "ACTIONS")) {
      builder.environment().put("COLLOQUY_LIMITS_" + limit, "100000000");
    }
    return new ChildProcess(builder.start(), log);
  }

  /** Colloquy on a folder of its own, on embedded PostgreSQL. */
  static ChildProcess colloquy(Path home) throws IOException {
    return start(
        "io.colloquy.app.ColloquyApplication",
        System.getProperty("java.class.path"),
        List.of("-Xmx2g"),
        Map.of("COLLOQUY_HOME", home.toAbsolutePath().toString()));
  }

  /** The plain program beside it. */
  static ChildProcess bare() throws IOException {
    return start(
        "plain.BareApplication",
        System.getProperty("java.class.path"),
        List.of("-Xmx2g"),
        Map.of());
  }

  /** Where it takes requests, once it does. */
  String base() throws Exception {
    Pattern ready = Pattern.compile("ready: (http://localhost:\\d+)");
    while (process.isAlive()) {
      Matcher found = ready.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
      if (found.find()) {
        return found.group(1);
      }
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("See " + log);
  }

  /** Bytes of live objects, after a collection. */
  long liveBytes() throws Exception {
    Process histogram =
        new ProcessBuilder(
                JAVA.resolve("jcmd").toString(), Long.toString(process.pid()), "GC.class_histogram")
            .start();
    try (InputStream out = histogram.getInputStream()) {
      Matcher total = TOTAL.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8));
      if (!total.find()) {
        throw new IllegalStateException("No histogram");
      }
      return Long.parseLong(total.group(1));
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
