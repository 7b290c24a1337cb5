package io.colloquy.command.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.turn.TurnMetadata;
import org.jspecify.annotations.Nullable;

/** A question may bring a form's values if the form is known and takes them. */
public interface OnlyKnownFormsAreFilledIn {

  /**
   * Checks what a client sent with a question.
   *
   * @throws Refusal naming the fields that are wrong
   */
  void check(@Nullable TurnMetadata metadata, Actor actor);
}
