package io.colloquy.proof;

import io.colloquy.proof.ExportLine.Consistency;
import io.colloquy.proof.ExportLine.Entry;
import io.colloquy.proof.ExportLine.Header;
import io.colloquy.proof.ExportLine.Selected;
import io.colloquy.proof.ExportLine.Signed;
import io.colloquy.proof.Selection.Range;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported log: every hash, the chain, the Merkle roots, the signatures, and that no
 * entry is missing. Reads the file twice and keeps no entry in memory.
 */
public final class ExportVerifier {

  private static final HexFormat HEX = HexFormat.of();

  private final @Nullable PublicKey trusted;
  private final List<PublicKey> published = new ArrayList<>();
  private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
  private final List<Consistency> consistencies = new ArrayList<>();
  private final Map<Long, Integer> held = new HashMap<>();
  private @Nullable Selection selection;

  private ExportVerifier(@Nullable PublicKey trusted) {
    this.trusted = trusted;
  }

  /**
   * Checks a file.
   *
   * @param trusted the key its signatures must be made with; without it the keys named in the file
   *     are used, which whoever made the file chose
   * @throws IOException when the file cannot be read
   */
  public static ExportReport verify(Path file, @Nullable PublicKey trusted) throws IOException {
    ExportVerifier verifier = new ExportVerifier(trusted);
    try {
      verifier.collect(file);
      verifier.checkSignatures();
      long checked = verifier.checkEntries(file);
      verifier.checkConsistency();
      return verifier.report(checked, null);
    } catch (Damaged damaged) {
      return verifier.report(0, damaged.problem);
    }
  }

  private ExportReport report(long checked, @Nullable Problem problem) {
    return new ExportReport(
        checked,
        selection != null && selection.isWhole(),
        selection == null ? "" : selection.filter(),
        checkpoints.size(),
        checkpoints.isEmpty() ? null : checkpoints.lastEntry().getValue(),
        trusted != null,
        problem);
  }

  private void collect(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        switch (line(text, number)) {
          case Header header -> header.publicKeys().forEach(key -> published.add(key(key)));
          case Entry entry -> held.merge(entry.seq(), 1, Integer::sum);
          case Signed signed -> checkpoints.put(signed.checkpoint().size(), signed.checkpoint());
          case Selected selected -> selection = selected.selection();
          case Consistency consistency -> consistencies.add(consistency);
        }
      }
    }
  }

  private static ExportLine line(String text, int number) {
    try {
      return ExportLine.of(text);
    } catch (RuntimeException unreadable) {
      throw new Damaged(0, "unreadable", "Line " + number + " is no line of an exported log.");
    }
  }

  private static PublicKey key(String text) {
    try {
      return SigningKey.publicKey(text);
    } catch (IllegalArgumentException invalid) {
      throw new Damaged(0, "signature", "The file names a key that is none.");
    }
  }

  private void checkSignatures() {
    Selection selected = selection;
    if (selected == null || checkpoints.isEmpty()) {
      throw new Damaged(
          0, "incomplete", "The export has no signed checkpoint or does not say what it holds.");
    }
    List<PublicKey> keys = trusted == null ? published : List.of(trusted);
    for (Checkpoint checkpoint : checkpoints.values()) {
      if (keys.stream().noneMatch(checkpoint::isSignedBy)) {
        throw new Damaged(
            checkpoint.size(),
            "signature",
            "The checkpoint at %d is not signed with %s."
                .formatted(
                    checkpoint.size(), trusted == null ? "a key of the export" : "the key given"));
      }
    }
    if (keys.stream().noneMatch(selected::isSignedBy)) {
      throw new Damaged(0, "signature", "The list of the entries it holds was changed.");
    }
    if (checkpoints.lastKey() != selected.size()) {
      throw new Damaged(0, "incomplete", "The checkpoint that covers the export is missing.");
    }
  }

  private long checkEntries(Path file) throws IOException {
    Selection selected = Objects.requireNonNull(selection);
    EntryCheck check =
        selected.isWhole() ? new WholeLog() : new Part(checkpoints.lastEntry().getValue());
    Expected expected = new Expected(selected.ranges());
    long checked = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        if (ExportLine.of(text) instanceof Entry entry) {
          checkPlace(entry, expected.next());
          checkContent(entry);
          check.next(entry);
          checked++;
        }
      }
    }
    long missing = expected.next();
    if (missing >= 0) {
      throw Damaged.removed(missing);
    }
    return checked;
  }

  private void checkPlace(Entry entry, long expected) {
    long seq = entry.seq();
    if (seq == expected) {
      return;
    }
    if (held.getOrDefault(seq, 0) > 1
        || !Objects.requireNonNull(selection).ranges().stream()
            .anyMatch(range -> range.holds(seq))) {
      throw Damaged.inserted(seq);
    }
    if (held.containsKey(expected)) {
      throw new Damaged(expected, "reordered", "Entry %d is not in its place.".formatted(expected));
    }
    throw Damaged.removed(expected);
  }

  private static void checkContent(Entry entry) {
    if (entry.isUnchanged()) {
      return;
    }
    long seq = entry.seq();
    for (int by = 1; by <= 3; by++) {
      if (entry.wasNumbered(seq - by)) {
        throw Damaged.inserted(seq - by);
      }
      if (entry.wasNumbered(seq + by)) {
        throw Damaged.removed(seq);
      }
    }
    throw Damaged.changed(seq);
  }

  private void checkConsistency() {
    for (Consistency proof : consistencies) {
      Checkpoint earlier = checkpoints.get(proof.earlier());
      Checkpoint later = checkpoints.get(proof.size());
      if (earlier == null
          || later == null
          || !MerkleTree.extended(
              proof.earlier(),
              HEX.parseHex(earlier.rootHash()),
              proof.size(),
              HEX.parseHex(later.rootHash()),
              proof.path().stream().map(HEX::parseHex).toList())) {
        throw new Damaged(
            proof.earlier(),
            "checkpoint",
            "The log of the checkpoint at %d does not go on from that at %d."
                .formatted(proof.size(), proof.earlier()));
      }
    }
  }

  /** The sequence numbers that should come; -1 after the last. */
  private static final class Expected {

    private final Iterator<Range> ranges;
    private long next = -1;
    private long last = -2;

    Expected(List<Range> ranges) {
      this.ranges = ranges.iterator();
    }

    long next() {
      if (next >= 0 && next < last) {
        return ++next;
      }
      if (!ranges.hasNext()) {
        next = -1;
        last = -2;
        return -1;
      }
      Range range = ranges.next();
      next = range.first();
      last = range.last();
      return next;
    }
  }

  /** What is checked of entries one after another. */
  private interface EntryCheck {
    void next(Entry entry);
  }

  /** With every entry there, the chain and each checkpoint's root are computed anew. */
  private final class WholeLog implements EntryCheck {

    private final MerkleTree.Growing tree = new MerkleTree.Growing();
    private String beforeLast = "";
    private String last = HEX.formatHex(Hashes.beforeFirst());
    private long agreed;

    @Override
    public void next(Entry entry) {
      if (!entry.previousHash().equals(last)) {
        throw entry.previousHash().equals(beforeLast)
            ? Damaged.inserted(entry.seq() - 1)
            : Damaged.changed(Math.max(1, entry.seq() - 1));
      }
      beforeLast = last;
      last = entry.entryHash();
      tree.add(Hashes.leaf(CanonicalJson.of(entry.entry())));
      Checkpoint checkpoint = checkpoints.get(tree.size());
      if (checkpoint != null) {
        if (!checkpoint.headHash().equals(last)
            || !checkpoint.rootHash().equals(HEX.formatHex(tree.root()))) {
          throw new Damaged(
              agreed + 1,
              "changed",
              "Among the entries %d to %d at least one was changed, with all hashes after it: the checkpoint signed at %s was over others."
                  .formatted(agreed + 1, checkpoint.size(), checkpoint.signedAt()));
        }
        agreed = checkpoint.size();
      }
    }
  }

  /** With only some of the entries there, each is proved to be in the log. */
  private static final class Part implements EntryCheck {

    private final Checkpoint checkpoint;

    Part(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
    }

    @Override
    public void next(Entry entry) {
      List<String> path = entry.inclusion() == null ? List.of() : entry.inclusion();
      boolean included =
          MerkleTree.includes(
              Hashes.leaf(CanonicalJson.of(entry.entry())),
              entry.seq() - 1,
              checkpoint.size(),
              path.stream().map(HEX::parseHex).toList(),
              HEX.parseHex(checkpoint.rootHash()));
      if (!included) {
        throw Damaged.changed(entry.seq());
      }
    }
  }

  /** The first thing that is wrong. */
  private static final class Damaged extends RuntimeException {

    private final transient Problem problem;

    Damaged(long seq, String kind, String sentence) {
      super(sentence, null, false, false);
      this.problem = new Problem(seq, kind, sentence);
    }

    static Damaged changed(long seq) {
      return new Damaged(seq, "changed", "Entry %d was changed.".formatted(seq));
    }

    static Damaged removed(long seq) {
      return new Damaged(seq, "removed", "Entry %d was removed.".formatted(seq));
    }

    static Damaged inserted(long seq) {
      return new Damaged(seq, "inserted", "Entry %d was inserted.".formatted(seq));
    }
  }
}
