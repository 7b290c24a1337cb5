package io.colloquy.command.gateway;

import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.MessageHandler;

/** Handles the commands of other nodes, who are told why one was not carried out. */
public final class DescribingCommandBus extends SimpleCommandBus {

  /** A bus with the given settings. */
  public DescribingCommandBus(Builder settings) {
    super(settings);
  }

  @Override
  protected <C, R> void handle(
      CommandMessage<C> command,
      MessageHandler<? super CommandMessage<?>> handler,
      CommandCallback<? super C, ? super R> callback) {
    super.<C, R>handle(
        command,
        handler,
        (handled, result) ->
            callback.onResult(
                handled,
                result.isExceptional()
                    ? new GenericCommandResultMessage<>(
                        CommandFailure.describe(result.exceptionResult()), result.getMetaData())
                    : result));
  }
}
