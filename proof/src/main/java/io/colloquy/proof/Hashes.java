package io.colloquy.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that hold the audit log together, all SHA-256. */
public final class Hashes {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final int BYTES = 32;

  private Hashes() {}

  /** What stands in place of the hash before the first entry. */
  public static byte[] beforeFirst() {
    return new byte[BYTES];
  }

  /** An entry's hash in the chain: over the hash before it, then its canonical JSON. */
  public static byte[] entry(byte[] previous, byte[] canonical) {
    return sha256(previous, canonical);
  }

  /** An entry's hash as a leaf of the Merkle tree (RFC 6962, section 2.1). */
  public static byte[] leaf(byte[] canonical) {
    return sha256(new byte[] {LEAF}, canonical);
  }

  /** The hash of two subtrees (RFC 6962, section 2.1). */
  public static byte[] node(byte[] left, byte[] right) {
    return sha256(new byte[] {NODE}, left, right);
  }

  /** SHA-256 of the parts, one after the other. */
  public static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
