package io.colloquy.app.audit;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import io.colloquy.proof.Checkpoint;
import io.colloquy.query.audit.AuditVerification;
import io.colloquy.query.audit.Checkpoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Proofs that the audit log is as it was written. */
@RestController
@RequestMapping("/api/audit")
class ProofController {

  private static final int LARGEST_PAGE = 1000;
  private static final int LARGEST_PART = 100_000;

  private final Checkpoints checkpoints;
  private final AuditVerification verification;

  ProofController(Checkpoints checkpoints, AuditVerification verification) {
    this.checkpoints = checkpoints;
    this.verification = verification;
  }

  /**
   * Checkpoints, the latest first.
   *
   * @param publicKeys the keys they are signed with
   */
  record Signed(List<Checkpoint> checkpoints, List<Checkpoints.PublishedKey> publicKeys) {}

  @GetMapping("/checkpoints")
  Signed list(
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100") int limit,
      @Caller Actor caller) {
    Allowed.audit(caller);
    return new Signed(
        checkpoints.list(before, Math.clamp(limit, 1, LARGEST_PAGE)), checkpoints.keys());
  }

  /** Signs what the log holds now. */
  @PostMapping("/checkpoints")
  @ResponseStatus(HttpStatus.CREATED)
  Checkpoint sign(@Caller Actor caller) {
    Allowed.audit(caller);
    return checkpoints
        .sign()
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "The log holds nothing yet."));
  }

  /**
   * Proves, against a checkpoint, that an entry is in its log, or that its log goes on from that of
   * an earlier checkpoint.
   *
   * @param seq the entry
   * @param earlier the size of the earlier checkpoint
   * @param size the size of the checkpoint; absent for the latest
   */
  @GetMapping("/proof")
  Object proof(
      @RequestParam(required = false) @Nullable Long seq,
      @RequestParam(required = false) @Nullable Long earlier,
      @RequestParam(required = false) @Nullable Long size,
      @Caller Actor caller) {
    Allowed.audit(caller);
    if ((seq == null) == (earlier == null)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "Either \"seq\" or \"earlier\" is needed, and not both.");
    }
    Checkpoint checkpoint =
        (size == null ? checkpoints.sign() : checkpoints.find(size)).orElseThrow(this::unknown);
    long place = seq == null ? Objects.requireNonNull(earlier) : seq;
    if (place < 1 || place > checkpoint.size()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "The checkpoint covers the entries 1 to %d.".formatted(checkpoint.size()));
    }
    return seq == null
        ? checkpoints.consistency(checkpoints.find(place).orElseThrow(this::unknown), checkpoint)
        : checkpoints.inclusion(place, checkpoint);
  }

  private Refusal unknown() {
    return new Refusal(ErrorCode.NOT_FOUND, "There is no checkpoint of this size.");
  }

  /**
   * Checks a part of the log: every hash, every link, the tree, the checkpoints, and that the audit
   * log and the event log hold the same. Ask on from {@code to + 1} until it is complete.
   */
  @GetMapping("/verify")
  AuditVerification.Verified verify(
      @RequestParam(defaultValue = "1") long from,
      @RequestParam(defaultValue = "" + LARGEST_PART) long limit,
      @Caller Actor caller) {
    Allowed.audit(caller);
    if (from < 1) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "\"from\" must be at least 1.");
    }
    return verification.verify(from, Math.clamp(limit, 1, LARGEST_PART));
  }
}
