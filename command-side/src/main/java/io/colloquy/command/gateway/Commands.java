package io.colloquy.command.gateway;

import io.colloquy.api.access.AccessCommand;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ActorMetadata;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.conversation.ConversationCommand;
import io.colloquy.api.export.ExportCommand;
import io.colloquy.api.preference.PreferenceCommand;
import io.colloquy.api.privacy.SubjectCommand;
import io.colloquy.api.source.SourceCommand;
import java.util.Objects;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one way commands are sent: with the actor that causes them, who is written into every event's
 * metadata.
 */
@Component
public class Commands {

  private static final int MOST_ATTEMPTS = 5;

  private final CommandGateway gateway;

  /** Commands over the given gateway. */
  public Commands(CommandGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Sends a command to a conversation and waits until its events are durable.
   *
   * @throws Refusal when the conversation refuses it or does not exist
   */
  public void send(ConversationCommand command, Actor actor) {
    dispatch(command, actor, ErrorCode.CONVERSATION_NOT_FOUND, "conversation");
  }

  /**
   * Sends a command that the conversation answers, and waits until its events are durable.
   *
   * @throws Refusal when the conversation refuses it or does not exist
   */
  public <R> R ask(ConversationCommand command, Class<R> answer, Actor actor) {
    return Objects.requireNonNull(
        answer.cast(dispatch(command, actor, ErrorCode.CONVERSATION_NOT_FOUND, "conversation")));
  }

  /**
   * Sends a command to an export and waits until its events are durable.
   *
   * @throws Refusal when the export refuses it or does not exist
   */
  public void send(ExportCommand command, Actor actor) {
    dispatch(command, actor, ErrorCode.EXPORT_NOT_FOUND, "export");
  }

  /**
   * Sends a command to a source and waits until its events are durable.
   *
   * @throws Refusal when the source refuses it or does not exist
   */
  public void send(SourceCommand command, Actor actor) {
    dispatch(command, actor, ErrorCode.SOURCE_NOT_FOUND, "source");
  }

  /**
   * Sends a command that the source answers, and waits until its events are durable.
   *
   * @throws Refusal when the source refuses it or does not exist
   */
  public <R> R ask(SourceCommand command, Class<R> answer, Actor actor) {
    return Objects.requireNonNull(
        answer.cast(dispatch(command, actor, ErrorCode.SOURCE_NOT_FOUND, "source")));
  }

  /**
   * Changes preferences and waits until that is durable.
   *
   * @throws Refusal when they cannot be kept
   */
  public void send(PreferenceCommand command, Actor actor) {
    dispatch(command, actor);
  }

  /**
   * Erases a person's content and waits until that is durable.
   *
   * @throws Refusal when the actor may not
   */
  public void send(SubjectCommand command, Actor actor) {
    dispatch(command, actor);
  }

  /**
   * Gives or takes a role and waits until that is durable.
   *
   * @throws Refusal when the actor may not
   */
  public void send(AccessCommand command, Actor actor) {
    dispatch(command, actor);
  }

  private @Nullable Object dispatch(
      Object command, Actor actor, ErrorCode ifUnknown, String aggregate) {
    try {
      return dispatch(command, actor);
    } catch (AggregateNotFoundException unknown) {
      throw new Refusal(ifUnknown, "There is no such " + aggregate + ".");
    }
  }

  private @Nullable Object sendAndWait(CommandMessage<Object> message) {
    try {
      return gateway.sendAndWait(message);
    } catch (CommandExecutionException elsewhere) {
      throw CommandFailure.exceptionOf(elsewhere);
    }
  }

  /**
   * Another node may have written to the same aggregate; the decision is then made again on what it
   * wrote.
   */
  private @Nullable Object dispatch(Object command, Actor actor) {
    CommandMessage<Object> message =
        GenericCommandMessage.asCommandMessage(command)
            .andMetaData(Cause.current())
            .andMetaData(ActorMetadata.of(actor));
    for (int attempt = 1; ; attempt++) {
      try {
        return sendAndWait(message);
      } catch (ConcurrencyException | AggregateStreamCreationException overtaken) {
        if (attempt == MOST_ATTEMPTS) {
          throw overtaken;
        }
      }
    }
  }
}
