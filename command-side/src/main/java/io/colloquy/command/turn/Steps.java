package io.colloquy.command.turn;

import io.colloquy.api.conversation.ConversationCommand;

/** Takes the steps of an answer: into the conversation, or only to look at them. */
interface Steps {

  /** Takes a step. */
  void take(ConversationCommand step);
}
