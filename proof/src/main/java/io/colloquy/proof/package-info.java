/**
 * Proofs over the audit log: canonical JSON, hash chain, Merkle tree, signed checkpoints. Needs no
 * database and nothing else of the product, so that auditors can check an exported log by
 * themselves.
 */
@NullMarked
package io.colloquy.proof;

import org.jspecify.annotations.NullMarked;
