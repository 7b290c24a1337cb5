package io.colloquy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportVerifierTest {

  private static final HexFormat HEX = HexFormat.of();

  @TempDir Path folder;

  private final ExportedLog log = new ExportedLog(23);

  @Test
  void anExportThatWasNotTouchedIsAsWritten() throws IOException {
    ExportReport whole = verify(log.whole(1, 8, 13));
    assertThat(whole.problem()).isNull();
    assertThat(whole.whole()).isTrue();
    assertThat(whole.entries()).isEqualTo(23);
    assertThat(whole.checkpoints()).isEqualTo(4);

    ExportReport part = verify(log.part(2, 3, 4, 17, 23));
    assertThat(part.problem()).isNull();
    assertThat(part.whole()).isFalse();
    assertThat(part.entries()).isEqualTo(5);
  }

  @Test
  void aChangedEntryIsNamed() throws IOException {
    List<String> lines = log.whole();
    lines.set(7, lines.get(7).replace("event 7", "event 8"));
    assertProblem(lines, "changed", 7);

    List<String> part = log.part(2, 9, 17);
    part.set(2, part.get(2).replace("event 9", "event 99"));
    assertProblem(part, "changed", 9);
  }

  @Test
  void aChangedEntryWithItsHashMadeAnewIsNamed() throws IOException {
    List<String> lines = log.whole();
    byte[] previous = HEX.parseHex(log.entries().get(6).previousHash());
    lines.set(7, ExportedLog.entry(ExportedLog.content(7, "forged"), previous).json());
    assertProblem(lines, "changed", 7);
  }

  @Test
  void aChangeWithAllHashesAfterItMadeAnewIsFoundByTheCheckpoints() throws IOException {
    List<String> lines = log.whole(8, 16);
    byte[] previous = HEX.parseHex(log.entries().get(9).previousHash());
    for (int seq = 10; seq <= 23; seq++) {
      String text = seq == 10 ? "forged" : "event " + seq;
      ExportLine.Entry entry = ExportedLog.entry(ExportedLog.content(seq, text), previous);
      lines.set(seq, entry.json());
      previous = HEX.parseHex(entry.entryHash());
    }
    Problem problem = assertProblem(lines, "changed", 9);
    assertThat(problem.sentence()).contains("9 to 16");
  }

  @Test
  void aRemovedEntryIsNamed() throws IOException {
    List<String> lines = log.whole();
    lines.remove(7);
    assertProblem(lines, "removed", 7);

    List<String> first = log.whole();
    first.remove(1);
    assertProblem(first, "removed", 1);

    List<String> last = log.whole();
    last.remove(23);
    assertProblem(last, "removed", 23);

    List<String> part = log.part(2, 9, 17);
    part.remove(2);
    assertProblem(part, "removed", 9);
  }

  @Test
  void aRemovedEntryIsNamedThoughTheOthersWereNumberedAnew() throws IOException {
    List<String> lines = log.whole();
    lines.remove(7);
    for (int seq = 7; seq <= 22; seq++) {
      lines.set(seq, lines.get(seq).replace("\"seq\":" + (seq + 1), "\"seq\":" + seq));
    }
    assertProblem(lines, "removed", 7);
  }

  @Test
  void anInsertedEntryIsNamed() throws IOException {
    ExportLine.Entry before = log.entries().get(6);
    String forged =
        ExportedLog.entry(ExportedLog.content(8, "forged"), HEX.parseHex(before.entryHash()))
            .json();
    List<String> twice = log.whole();
    twice.add(8, forged);
    assertProblem(twice, "inserted", 8);

    List<String> numbered = new ArrayList<>(twice);
    for (int line = 9; line <= 24; line++) {
      numbered.set(line, numbered.get(line).replace("\"seq\":" + (line - 1), "\"seq\":" + line));
    }
    assertProblem(numbered, "inserted", 8);

    List<String> part = log.part(2, 9, 17);
    part.add(2, log.entries().get(4).json());
    assertProblem(part, "inserted", 5);
  }

  @Test
  void reorderedEntriesAreNamed() throws IOException {
    List<String> lines = log.whole();
    Collections.swap(lines, 7, 8);
    assertProblem(lines, "reordered", 7);

    List<String> part = log.part(2, 9, 17);
    Collections.swap(part, 2, 3);
    assertProblem(part, "reordered", 9);
  }

  @Test
  void aForgedCheckpointOrSelectionIsNoticed() throws IOException {
    List<String> lines = log.whole();
    lines.replaceAll(line -> line.replace("10:00:00Z", "11:00:00Z"));
    assertThat(verify(lines).problem()).isNotNull().returns("signature", Problem::kind);

    List<String> selection = log.part(2, 3, 9);
    selection.replaceAll(line -> line.replace("\"seqs\":\"2-3,9\"", "\"seqs\":\"2-3\""));
    assertThat(verify(selection).problem()).isNotNull().returns("signature", Problem::kind);

    List<String> without = log.whole();
    without.removeIf(line -> line.contains("\"kind\":\"checkpoint\""));
    assertThat(verify(without).problem()).isNotNull().returns("incomplete", Problem::kind);
  }

  @Test
  void withAKeyGivenOnlyItsSignaturesCount() throws IOException {
    Path file = write(log.whole());
    assertThat(ExportVerifier.verify(file, ExportedLog.KEY.published()).problem()).isNull();
    assertThat(ExportVerifier.verify(file, SigningKey.generate().published()).problem())
        .isNotNull()
        .returns("signature", Problem::kind);
  }

  @Test
  void theCommandSaysWhatItFound() throws IOException {
    Path good = write(log.whole());
    Path key =
        Files.writeString(folder.resolve("key"), SigningKey.text(ExportedLog.KEY.published()));
    assertThat(run("verify", good.toString(), "--key", key.toString()))
        .startsWith("0 OK: 23 entries");
    List<String> lines = log.whole();
    lines.remove(7);
    assertThat(run("verify", write(lines).toString()))
        .startsWith("1 NOT AS WRITTEN (removed): Entry 7 was removed.");
    assertThat(run("verify")).startsWith("2 Usage");
    assertThat(run("verify", folder.resolve("none").toString()))
        .startsWith("2 It cannot be checked");
    Path garbage = Files.writeString(folder.resolve("garbage"), "{\"kind\":\"x\"}\n");
    assertThat(run(garbage.toString())).startsWith("1 NOT AS WRITTEN (unreadable): Line 1");
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int result = Verify.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return result + " " + out.toString(StandardCharsets.UTF_8);
  }

  private Problem assertProblem(List<String> lines, String kind, long seq) throws IOException {
    Problem problem = Objects.requireNonNull(verify(lines).problem());
    assertThat(problem.kind()).as(problem.sentence()).isEqualTo(kind);
    assertThat(problem.seq()).as(problem.sentence()).isEqualTo(seq);
    return problem;
  }

  private ExportReport verify(List<String> lines) throws IOException {
    return ExportVerifier.verify(write(lines), null);
  }

  private Path write(List<String> lines) throws IOException {
    return Files.write(folder.resolve("export.jsonl"), lines);
  }
}
