package io.colloquy.proof;

import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signed statement of what the audit log held. What is signed is the text of {@link #note()},
 * whose first three lines are those of a C2SP tlog-checkpoint.
 *
 * @param origin which log
 * @param size how many entries it covers
 * @param rootHash the Merkle root over them, hexadecimal
 * @param headHash the last entry's hash in the chain, hexadecimal
 * @param signedAt when, ISO-8601 in UTC
 * @param keyId names the key
 * @param signature Ed25519 over the note, Base64
 */
public record Checkpoint(
    String origin,
    long size,
    String rootHash,
    String headHash,
    String signedAt,
    String keyId,
    String signature) {

  /** Signs what the log holds. */
  public static Checkpoint sign(
      String origin, long size, byte[] root, byte[] head, String signedAt, SigningKey key) {
    HexFormat hex = HexFormat.of();
    String rootHash = hex.formatHex(root);
    String headHash = hex.formatHex(head);
    return new Checkpoint(
        origin,
        size,
        rootHash,
        headHash,
        signedAt,
        key.id(),
        key.sign(note(origin, size, rootHash, headHash, signedAt)));
  }

  /** The text that is signed. */
  public String note() {
    return note(origin, size, rootHash, headHash, signedAt);
  }

  private static String note(
      String origin, long size, String rootHash, String headHash, String signedAt) {
    String root = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(rootHash));
    return "%s\n%d\n%s\nhead %s\nsigned %s\n".formatted(origin, size, root, headHash, signedAt);
  }

  /** Whether it was signed with this key. */
  public boolean isSignedBy(PublicKey key) {
    return keyId.equals(SigningKey.id(key)) && SigningKey.signed(key, note(), signature);
  }
}
