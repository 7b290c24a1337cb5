package io.colloquy.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A Merkle tree over numbered leaves, with the proofs of RFC 6962, section 2.1. */
public final class MerkleTree {

  private final Subtrees subtrees;

  /** A tree whose complete subtrees can be asked for. */
  public MerkleTree(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** Gives the hashes of complete subtrees. */
  public interface Subtrees {

    /**
     * The hash over the leaves from {@code index * 2^level} on, {@code 2^level} of them.
     *
     * @param level 0 for a single leaf
     */
    byte[] hash(int level, long index);
  }

  /** The root over the first {@code size} leaves. */
  public byte[] root(long size) {
    return size == 0 ? Hashes.sha256() : range(0, size);
  }

  /** Proves that the leaf with this index, from 0, is among the first {@code size} leaves. */
  public List<byte[]> inclusion(long index, long size) {
    return inclusion(index, 0, size);
  }

  private List<byte[]> inclusion(long index, long begin, long end) {
    if (end - begin == 1) {
      return new ArrayList<>();
    }
    long middle = begin + split(end - begin);
    List<byte[]> path;
    if (index < middle) {
      path = inclusion(index, begin, middle);
      path.add(range(middle, end));
    } else {
      path = inclusion(index, middle, end);
      path.add(range(begin, middle));
    }
    return path;
  }

  /** Proves that the first {@code earlier} leaves are still the beginning of {@code size}. */
  public List<byte[]> consistency(long earlier, long size) {
    return earlier == 0 || earlier == size ? List.of() : consistency(earlier, 0, size, true);
  }

  private List<byte[]> consistency(long earlier, long begin, long end, boolean whole) {
    if (earlier == end) {
      return whole ? new ArrayList<>() : new ArrayList<>(List.of(range(begin, end)));
    }
    long middle = begin + split(end - begin);
    List<byte[]> path;
    if (earlier <= middle) {
      path = consistency(earlier, begin, middle, whole);
      path.add(range(middle, end));
    } else {
      path = consistency(earlier, middle, end, false);
      path.add(range(begin, middle));
    }
    return path;
  }

  private byte[] range(long begin, long end) {
    long count = end - begin;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return subtrees.hash(level, begin >> level);
    }
    long middle = begin + split(count);
    return Hashes.node(range(begin, middle), range(middle, end));
  }

  /** The largest power of two below. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  /** Whether the path leads from the leaf to the root (RFC 9162, section 2.1.3.2). */
  public static boolean includes(
      byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long place = index;
    long last = size - 1;
    byte[] hash = leaf;
    for (byte[] step : path) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = Hashes.node(step, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = Hashes.node(hash, step);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /** Whether one root's leaves begin with the other's (RFC 9162, section 2.1.4.2). */
  public static boolean extended(
      long earlier, byte[] earlierRoot, long size, byte[] root, List<byte[]> path) {
    if (earlier == size) {
      return path.isEmpty() && Arrays.equals(earlierRoot, root);
    }
    if (earlier == 0 || earlier > size) {
      return earlier == 0 && path.isEmpty();
    }
    Deque<byte[]> steps = new ArrayDeque<>(path);
    if (Long.bitCount(earlier) == 1) {
      steps.addFirst(earlierRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    long place = earlier - 1;
    long last = size - 1;
    while ((place & 1) == 1) {
      place >>= 1;
      last >>= 1;
    }
    byte[] before = steps.removeFirst();
    byte[] after = before;
    for (byte[] step : steps) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        before = Hashes.node(step, before);
        after = Hashes.node(step, after);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        after = Hashes.node(after, step);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(before, earlierRoot) && Arrays.equals(after, root);
  }

  /** Grows a root leaf by leaf, keeping no more than one hash per level. */
  public static final class Growing {

    private final Deque<Complete> complete = new ArrayDeque<>();
    private long size;

    private record Complete(int level, byte[] hash) {}

    /** Adds the next leaf. */
    public void add(byte[] leaf) {
      Complete subtree = new Complete(0, leaf);
      while (!complete.isEmpty() && complete.getLast().level() == subtree.level()) {
        subtree =
            new Complete(
                subtree.level() + 1, Hashes.node(complete.removeLast().hash(), subtree.hash()));
      }
      complete.addLast(subtree);
      size++;
    }

    /** How many leaves were added. */
    public long size() {
      return size;
    }

    /** The root over all leaves so far. */
    public byte[] root() {
      byte[] hash = null;
      for (Complete subtree : complete.reversed()) {
        hash = hash == null ? subtree.hash() : Hashes.node(subtree.hash(), hash);
      }
      return hash == null ? Hashes.sha256() : hash;
    }
  }
}
