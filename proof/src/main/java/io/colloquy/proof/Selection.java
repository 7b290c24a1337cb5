package io.colloquy.proof;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A signed statement of which entries an export holds, so that none can be left out of it.
 *
 * @param size the size of the log it was taken from
 * @param filter what was asked for, as canonical JSON
 * @param seqs the entries, in order, as ranges such as {@code 1-5,9}
 * @param keyId names the key
 * @param signature Ed25519 over the note, Base64
 */
public record Selection(long size, String filter, String seqs, String keyId, String signature) {

  /** Signs what an export holds. */
  public static Selection sign(long size, String filter, String seqs, SigningKey key) {
    return new Selection(size, filter, seqs, key.id(), key.sign(note(size, filter, seqs)));
  }

  private static String note(long size, String filter, String seqs) {
    return "colloquy selection\n%d\n%s\n%s\n".formatted(size, filter, seqs);
  }

  /** Whether it was signed with this key. */
  public boolean isSignedBy(PublicKey key) {
    return keyId.equals(SigningKey.id(key))
        && SigningKey.signed(key, note(size, filter, seqs), signature);
  }

  /** Whether it is all of the log. */
  public boolean isWhole() {
    return seqs.equals(size == 0 ? "" : size == 1 ? "1" : "1-" + size);
  }

  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (String part : seqs.isEmpty() ? new String[0] : seqs.split(",")) {
      String[] ends = part.split("-");
      ranges.add(new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])));
    }
    return ranges;
  }

  record Range(long first, long last) {

    boolean holds(long seq) {
      return seq >= first && seq <= last;
    }

    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "-" + last;
    }
  }

  /** Joins the sequence numbers of an export, given one by one, into ranges. */
  public static final class Ranges {

    private final List<Range> ranges = new ArrayList<>();

    /** Adds the next. */
    public void add(long seq) {
      if (!ranges.isEmpty() && ranges.getLast().last() == seq - 1) {
        ranges.add(new Range(ranges.removeLast().first(), seq));
      } else {
        ranges.add(new Range(seq, seq));
      }
    }

    @Override
    public String toString() {
      return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
  }
}
