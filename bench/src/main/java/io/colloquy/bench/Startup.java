package io.colloquy.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** From nothing to the first answered turn, the embedded database included. */
final class Startup {

  private static final String MAIN = "io.colloquy.app.ColloquyApplication";

  private Startup() {}

  static void measure(Figures figures) throws Exception {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "start");
    Path cache = folder.resolve("colloquy.aot").toAbsolutePath();
    String jars = inJars(folder);
    Path home = folder.resolve("home").toAbsolutePath();
    List<String> plain = List.of("-XX:TieredStopAtLevel=1");
    double first = seconds(jars, plain, home);
    double second = seconds(jars, plain, home);
    seconds(jars, List.of("-XX:TieredStopAtLevel=1", "-XX:AOTCacheOutput=" + cache), home);
    double linked =
        seconds(jars, List.of("-XX:TieredStopAtLevel=1", "-XX:AOTCache=" + cache), home);
    figures.value("first start to first answered turn", first, "s", "<= 10");
    figures.value("later start to first answered turn", second, "s", "<= 10");
    figures.ratio(
        "later start linked ahead of time, beside one that is not", linked, second, "s", null);
  }

  private static double seconds(String classPath, List<String> options, Path home)
      throws Exception {
    long begin = System.nanoTime();
    try (ChildProcess server =
        ChildProcess.start(MAIN, classPath, options, Map.of("COLLOQUY_HOME", home.toString()))) {
      String base = server.base();
      Rest rest = Rest.signedIn(base, "manager");
      String conversation = rest.openConversation();
      CountDownLatch done = new CountDownLatch(1);
      try (RawStomp stomp =
          new RawStomp(
              base,
              rest.token(),
              frame -> {
                if (frame.contains("\"type\":\"done\"")) {
                  done.countDown();
                }
              })) {
        stomp.subscribe("/topic/conversations/" + conversation);
        stomp.send(
            "/app/conversations/" + conversation + "/turns",
            "{\"turn_id\":\"%s\",\"content\":\"Total revenue in 2024\"}"
                .formatted(UUID.randomUUID()));
        if (!done.await(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("No answer");
        }
      }
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  /** As it is installed: only jars can be linked ahead of time. */
  private static String inJars(Path folder) {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path classes = Path.of(entry);
      if (!Files.isDirectory(classes)) {
        entries.add(entry);
      } else if (classes.endsWith("classes")) {
        Path jar = folder.resolve(entries.size() + ".jar").toAbsolutePath();
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "cf", jar.toString(), "-C", entry, ".");
        entries.add(jar.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
