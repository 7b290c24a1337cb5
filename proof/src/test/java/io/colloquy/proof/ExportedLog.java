package io.colloquy.proof;

import io.colloquy.proof.ExportLine.Entry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** A log of some entries, and its exports. */
final class ExportedLog {

  static final SigningKey KEY = SigningKey.generate();

  private static final HexFormat HEX = HexFormat.of();

  private final List<Entry> entries = new ArrayList<>();
  private final List<byte[]> leaves = new ArrayList<>();
  private final MerkleTree tree = new MerkleTree(this::subtree);

  ExportedLog(int size) {
    byte[] previous = Hashes.beforeFirst();
    for (int seq = 1; seq <= size; seq++) {
      ObjectNode content = content(seq, "event " + seq);
      Entry entry = entry(content, previous);
      entries.add(entry);
      leaves.add(Hashes.leaf(CanonicalJson.of(content)));
      previous = HEX.parseHex(entry.entryHash());
    }
  }

  static ObjectNode content(long seq, String text) {
    return CanonicalJson.MAPPER.createObjectNode().put("seq", seq).put("text", text);
  }

  static Entry entry(ObjectNode content, byte[] previous) {
    byte[] hash = Hashes.entry(previous, CanonicalJson.of(content));
    return new Entry(content, HEX.formatHex(previous), HEX.formatHex(hash), null);
  }

  private byte[] subtree(int level, long index) {
    return level == 0
        ? leaves.get((int) index)
        : Hashes.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
  }

  List<Entry> entries() {
    return new ArrayList<>(entries);
  }

  Checkpoint checkpoint(int size) {
    return Checkpoint.sign(
        "test",
        size,
        tree.root(size),
        HEX.parseHex(entries.get(size - 1).entryHash()),
        "2026-11-25T10:00:00Z",
        KEY);
  }

  /** All of it, with checkpoints at the given sizes and at its end. */
  List<String> whole(int... checkpoints) {
    Selection.Ranges seqs = new Selection.Ranges();
    List<String> lines = new ArrayList<>(List.of(header()));
    entries.forEach(
        entry -> {
          seqs.add(entry.seq());
          lines.add(entry.json());
        });
    signed(lines, checkpoints);
    lines.add(selected("{}", seqs));
    return lines;
  }

  /** Some of it, each entry with its inclusion proof. */
  List<String> part(int... seqs) {
    Selection.Ranges ranges = new Selection.Ranges();
    List<String> lines = new ArrayList<>(List.of(header()));
    for (int seq : seqs) {
      ranges.add(seq);
      Entry entry = entries.get(seq - 1);
      List<String> path =
          tree.inclusion(seq - 1, entries.size()).stream().map(HEX::formatHex).toList();
      lines.add(new Entry(entry.entry(), entry.previousHash(), entry.entryHash(), path).json());
    }
    signed(lines);
    lines.add(selected("{\"type\":\"x\"}", ranges));
    return lines;
  }

  private void signed(List<String> lines, int... checkpoints) {
    TreeSet<Integer> sizes = new TreeSet<>(List.of(entries.size()));
    for (int size : checkpoints) {
      sizes.add(size);
    }
    int earlier = 0;
    for (int size : sizes) {
      lines.add(new ExportLine.Signed(checkpoint(size)).json());
      if (earlier > 0) {
        lines.add(
            new ExportLine.Consistency(
                    earlier,
                    size,
                    tree.consistency(earlier, size).stream().map(HEX::formatHex).toList())
                .json());
      }
      earlier = size;
    }
  }

  private String selected(String filter, Selection.Ranges seqs) {
    return new ExportLine.Selected(Selection.sign(entries.size(), filter, seqs.toString(), KEY))
        .json();
  }

  private static String header() {
    return new ExportLine.Header(1, List.of(SigningKey.text(KEY.published()))).json();
  }
}
