package io.colloquy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

  private static final List<byte[]> LEAVES =
      IntStream.range(0, 300)
          .mapToObj(i -> Hashes.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
          .toList();
  private static final MerkleTree TREE = new MerkleTree(MerkleTreeTest::subtree);

  private static byte[] subtree(int level, long index) {
    return level == 0
        ? LEAVES.get((int) index)
        : Hashes.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
  }

  /** The definition of RFC 6962, section 2.1, word for word. */
  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = Integer.highestOneBit(leaves.size() - 1);
    return Hashes.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }

  @Test
  void theEmptyTreeAndTheFirstLeavesHaveTheHashesThatOthersCompute() {
    // From the test vectors of Certificate Transparency's own implementation.
    assertThat(HexFormat.of().formatHex(TREE.root(0)))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(HexFormat.of().formatHex(Hashes.leaf(new byte[0])))
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    byte[] two = Hashes.node(Hashes.leaf(new byte[0]), Hashes.leaf(new byte[] {0}));
    assertThat(HexFormat.of().formatHex(two))
        .isEqualTo("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
  }

  @Property
  void theRootIsTheOneTheRfcDefinesHoweverItIsReached(@ForAll @IntRange(min = 1, max = 300) int n) {
    byte[] defined = root(LEAVES.subList(0, n));
    MerkleTree.Growing growing = new MerkleTree.Growing();
    LEAVES.subList(0, n).forEach(growing::add);
    assertThat(TREE.root(n)).isEqualTo(defined);
    assertThat(growing.root()).isEqualTo(defined);
  }

  @Property
  void everyLeafIsProvedToBeIncludedAndNoOther(
      @ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(max = 299) int any) {
    int index = any % size;
    List<byte[]> path = TREE.inclusion(index, size);
    byte[] root = TREE.root(size);
    assertThat(MerkleTree.includes(LEAVES.get(index), index, size, path, root)).isTrue();
    assertThat(MerkleTree.includes(LEAVES.get((index + 1) % 300), index, size, path, root))
        .isFalse();
    assertThat(MerkleTree.includes(LEAVES.get(index), index + 1, size, path, root)).isFalse();
    if (!path.isEmpty()) {
      List<byte[]> broken = new ArrayList<>(path);
      broken.removeLast();
      assertThat(MerkleTree.includes(LEAVES.get(index), index, size, broken, root)).isFalse();
    }
  }

  @Property
  void aLogIsProvedToGoOnFromItsEarlierSelf(
      @ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(max = 299) int any) {
    int earlier = 1 + any % size;
    List<byte[]> path = TREE.consistency(earlier, size);
    byte[] before = TREE.root(earlier);
    byte[] after = TREE.root(size);
    assertThat(MerkleTree.extended(earlier, before, size, after, path)).isTrue();
    assertThat(MerkleTree.extended(earlier, Hashes.sha256(before), size, after, path)).isFalse();
    assertThat(MerkleTree.extended(earlier, before, size, Hashes.sha256(after), path)).isFalse();
  }
}
