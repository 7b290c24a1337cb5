package io.colloquy.api.conversation;

import io.colloquy.api.conversation.ConversationEvent.FiguresRemoved;
import io.colloquy.api.conversation.ConversationEvent.ModelFailed;
import io.colloquy.api.conversation.ConversationEvent.PassagesRead;

/** What the log keeps of how a turn was answered, beside what its person saw. */
public sealed interface TurnDetail permits PassagesRead, ModelFailed, FiguresRemoved {

  /** The turn it is about. */
  String turnId();

  /** What a turn has one of. */
  default String key() {
    return switch (this) {
      case PassagesRead ignored -> "passages";
      case ModelFailed failure -> "model failure: " + failure.stage();
      case FiguresRemoved ignored -> "figures";
    };
  }

  /** The event that is stored. */
  default ConversationEvent event() {
    return switch (this) {
      case PassagesRead event -> event;
      case ModelFailed event -> event;
      case FiguresRemoved event -> event;
    };
  }
}
