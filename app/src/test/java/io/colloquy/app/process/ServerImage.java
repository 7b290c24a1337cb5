package io.colloquy.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.colloquy.app.ColloquyApplication;
import io.colloquy.app.RestClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The application as it is installed: in jars, with the classes it starts with linked ahead of
 * time, which takes half the time off each of the many starts. Made once for all test processes.
 */
record ServerImage(String classPath, List<String> options) {

  static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** It lives for seconds: compiling its code well would take longer than it runs. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  private static final Object LOCK = new Object();

  private static @Nullable ServerImage image;

  /** The image of the classes under test. */
  static ServerImage built() throws IOException {
    synchronized (LOCK) {
      if (image != null) {
        return image;
      }
      Files.createDirectories(TARGET);
      try (FileChannel channel =
              FileChannel.open(
                  TARGET.resolve("server.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var ignored = channel.lock()) {
        return image = build();
      }
    }
  }

  private static ServerImage build() throws IOException {
    List<Path> given =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !entry.endsWith("test-classes"))
            .toList();
    Path folder = TARGET.resolve("server-" + Integer.toHexString(stateOf(given)));
    Files.createDirectories(folder);
    Path cache = folder.resolve("colloquy.aot");
    boolean made = Files.exists(cache);
    List<String> jars = new ArrayList<>();
    for (Path entry : given) {
      Path jar = Files.isDirectory(entry) ? folder.resolve(module(entry) + ".jar") : entry;
      if (jar != entry && !made) {
        pack(entry, jar);
      }
      jars.add(jar.toString());
    }
    String classPath = String.join(File.pathSeparator, jars);
    if (!made) {
      train(classPath, folder, cache);
    }
    List<String> options = new ArrayList<>(SHORT_LIVED);
    options.add("-XX:AOTCache=" + cache);
    return new ServerImage(classPath, options);
  }

  private static int stateOf(List<Path> entries) throws IOException {
    List<Object> state = new ArrayList<>(entries);
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        try (Stream<Path> files = Files.walk(entry)) {
          files.sorted().forEach(file -> state.add(Objects.hash(file, modified(file))));
        }
      }
    }
    return state.hashCode();
  }

  private static Object modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String module(Path classes) {
    return classes.getParent().getParent().getFileName().toString();
  }

  private static void pack(Path classes, Path jar) {
    int failed =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), ".");
    assertThat(failed).isZero();
  }

  /** A short life in which it notes what it starts with. */
  private static void train(String classPath, Path folder, Path cache) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-cp", classPath));
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-XX:AOTCacheOutput=" + cache, ColloquyApplication.class.getName()));
    Path home = folder.resolve("home");
    Files.createDirectories(home);
    try (ServerProcess server =
        ServerProcess.start(home, folder.resolve("training.log"), command, Map.of())) {
      RestClient manager = RestClient.signedIn(server.base(), "manager");
      manager.post(
          "/ai/chat", Map.of("session_id", manager.openConversation(), "message", "Sales by city"));
    } catch (Exception failure) {
      throw new IllegalStateException("See " + folder.resolve("training.log"), failure);
    }
    assertThat(cache).exists();
  }
}
