package io.colloquy.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key that signs what the log held.
 *
 * @param secret signs
 * @param published verifies
 */
public record SigningKey(PrivateKey secret, PublicKey published) {

  private static final String ALGORITHM = "Ed25519";

  /** A new key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The key as text; keep it secret. */
  public String text() {
    return Base64.getEncoder().encodeToString(secret.getEncoded()) + "\n" + text(published) + "\n";
  }

  /**
   * Reads a key written by {@link #text()}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static SigningKey of(String text) {
    String[] lines = text.strip().split("\n");
    try {
      return new SigningKey(
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[0]))),
          publicKey(lines[1]));
    } catch (GeneralSecurityException | ArrayIndexOutOfBoundsException invalid) {
      throw new IllegalArgumentException("not a signing key", invalid);
    }
  }

  /** The name of the key: the first 16 hexadecimal digits of the public key's SHA-256. */
  public String id() {
    return id(published);
  }

  /** The name of a public key. */
  public static String id(PublicKey key) {
    return HexFormat.of().formatHex(Hashes.sha256(key.getEncoded())).substring(0, 16);
  }

  /** Signs a text, in Base64. */
  public String sign(String text) {
    try {
      Signature signing = Signature.getInstance(ALGORITHM);
      signing.initSign(secret);
      signing.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signing.sign());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whether a text was signed with the key. */
  public static boolean signed(PublicKey key, String text, String signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  /**
   * Reads a public key.
   *
   * @param text PEM, or the Base64 of its X.509 form alone
   * @throws IllegalArgumentException when it is no Ed25519 key
   */
  public static PublicKey publicKey(String text) {
    String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (GeneralSecurityException invalid) {
      throw new IllegalArgumentException("not an Ed25519 public key", invalid);
    }
  }

  /** A public key as text, as {@link #publicKey} reads it. */
  public static String text(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }
}
