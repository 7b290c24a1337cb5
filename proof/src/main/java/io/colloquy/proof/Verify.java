package io.colloquy.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Checks an exported log from the command line, with no database and no server. */
public final class Verify {

  private static final String USAGE =
      """
      Usage: verify <export.jsonl> [--key <public key file>]

      Checks a log exported as JSON Lines: every entry's hash, the chain, the Merkle root, the
      signatures, and that no entry is missing. With --key the signatures must be made with that
      Ed25519 key; without it the key named in the export is used.
      Ends with 0 when all is as it was written, 1 when it is not, 2 when it cannot be checked.""";

  private Verify() {}

  /** Runs the check and ends the process with its result. */
  @SuppressWarnings("PMD.DoNotTerminateVM")
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out));
  }

  /**
   * Runs the check.
   *
   * @param arguments may begin with the word {@code verify}
   * @return 0 when all is as it was written, 1 when it is not, 2 when it cannot be checked
   */
  public static int run(String[] arguments, PrintStream out) {
    int first = arguments.length > 0 && arguments[0].equals("verify") ? 1 : 0;
    int given = arguments.length - first;
    boolean keyGiven = given == 3 && arguments[first + 1].equals("--key");
    if (given != 1 && !keyGiven) {
      out.println(USAGE);
      return 2;
    }
    try {
      PublicKey key =
          keyGiven ? SigningKey.publicKey(Files.readString(Path.of(arguments[first + 2]))) : null;
      return print(ExportVerifier.verify(Path.of(arguments[first]), key), key, out);
    } catch (IOException | IllegalArgumentException failure) {
      out.println("It cannot be checked: " + failure);
      return 2;
    }
  }

  private static int print(ExportReport report, @Nullable PublicKey key, PrintStream out) {
    Problem problem = report.problem();
    if (problem != null) {
      out.printf("NOT AS WRITTEN (%s): %s%n", problem.kind(), problem.sentence());
      return 1;
    }
    Checkpoint covering = report.covering();
    out.printf(
        "OK: %d %s as written, and %s.%n",
        report.entries(),
        report.entries() == 1 ? "entry is" : "entries are",
        report.whole()
            ? "none is missing"
            : "none of the selection is missing, filter " + report.filter());
    if (covering != null) {
      out.printf(
          "Checkpoint over %d entries, signed %s, root %s%n",
          covering.size(), covering.signedAt(), covering.rootHash());
      out.printf(
          "Key %s, %s%n",
          covering.keyId(),
          key == null
              ? "named by the export itself: compare it with the one you know"
              : "as given");
    }
    return 0;
  }
}
