package io.colloquy.app.process;

import io.colloquy.app.ColloquyApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, so that it can be killed. */
final class ServerProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("Colloquy is ready: (http://localhost:\\d+)");
  private static final int PATIENCE_SECONDS = 90;

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ServerProcess start(Path home, Map<String, String> environment) throws IOException {
    Files.createDirectories(home);
    Path log = Files.createTempFile(home, "server", ".log");
    ServerImage image = ServerImage.built();
    List<String> command = new ArrayList<>(List.of(ServerImage.JAVA, "-cp", image.classPath()));
    command.addAll(image.options());
    command.add(ColloquyApplication.class.getName());
    return start(home, log, command, environment);
  }

  /** Starts it by a command of its own. */
  static ServerProcess start(
      Path home, Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("COLLOQUY_HOME", home.toString());
    builder.environment().put("SERVER_PORT", "0");
    builder.environment().keySet().removeAll(Set.of("DATAFLOW_DATABASE_URL", "NEXUS_API_URL"));
    for (String limit : List.of("SIGNINS", "ADDRESSREQUESTS", "REQUESTS", "TURNS", "ACTIONS")) {
      builder.environment().put("COLLOQUY_LIMITS_" + limit, "1000000");
    }
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log);
  }

  /** Waits until it takes requests, and tells where. */
  String base() throws Exception {
    Instant patience = Instant.now().plusSeconds(PATIENCE_SECONDS);
    while (Instant.now().isBefore(patience)) {
      Matcher ready = READY.matcher(log());
      if (ready.find()) {
        return ready.group(1);
      }
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new AssertionError("The server did not start:\n" + log());
  }

  String log() throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; answers with the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      stop();
    }
  }
}
