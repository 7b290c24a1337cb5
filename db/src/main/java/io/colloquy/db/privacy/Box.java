package io.colloquy.db.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a random nonce of 96 bits in front, bound to a name. */
final class Box {

  static final String ALGORITHM = "AES";

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Box() {}

  static byte[] close(SecretKey key, String name, byte[] content) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] closed = cipher(Cipher.ENCRYPT_MODE, key, name, nonce).doFinal(content);
      return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * Opens a box.
   *
   * @throws GeneralSecurityException when it was closed with another key or under another name, or
   *     was changed
   */
  static byte[] open(SecretKey key, String name, byte[] box) throws GeneralSecurityException {
    ByteBuffer buffer = ByteBuffer.wrap(box);
    byte[] nonce = new byte[NONCE];
    buffer.get(nonce);
    byte[] closed = new byte[buffer.remaining()];
    buffer.get(closed);
    return cipher(Cipher.DECRYPT_MODE, key, name, nonce).doFinal(closed);
  }

  private static Cipher cipher(int mode, SecretKey key, String name, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
