package io.colloquy.command.gateway;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.FieldError;
import io.colloquy.api.access.Refusal;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Why a command was not carried out, as one node tells another: between nodes only what describes
 * an exception can be sent.
 *
 * @param code of a refusal
 * @param sentence for whoever asked, of a refusal
 */
record CommandFailure(
    Kind kind, @Nullable ErrorCode code, @Nullable String sentence, List<FieldError> fieldErrors) {

  enum Kind {
    REFUSED,
    UNKNOWN_AGGREGATE,
    OVERTAKEN,
    CREATED_TWICE,
    DATABASE_AWAY,
    FAILED
  }

  CommandFailure {
    fieldErrors = List.copyOf(fieldErrors);
  }

  /** Describes an exception to the node that sent the command. */
  static CommandExecutionException describe(Throwable failure) {
    CommandFailure description =
        failure instanceof Refusal refusal
            ? new CommandFailure(
                Kind.REFUSED, refusal.code(), refusal.sentence(), refusal.fieldErrors())
            : new CommandFailure(kindOf(failure), null, null, List.of());
    return new CommandExecutionException(description.kind().name(), failure, description);
  }

  private static Kind kindOf(Throwable failure) {
    return switch (failure) {
      case AggregateNotFoundException unknown -> Kind.UNKNOWN_AGGREGATE;
      case ConcurrencyException overtaken -> Kind.OVERTAKEN;
      case AggregateStreamCreationException twice -> Kind.CREATED_TWICE;
      default -> DatabaseAway.says(failure) ? Kind.DATABASE_AWAY : Kind.FAILED;
    };
  }

  /** The exception that a failed command had, as far as it was described. */
  static RuntimeException exceptionOf(CommandExecutionException failure) {
    return failure
        .<CommandFailure>getDetails()
        .map(description -> description.exception(failure))
        .orElse(failure);
  }

  private RuntimeException exception(CommandExecutionException failure) {
    return switch (kind) {
      case REFUSED ->
          new Refusal(Objects.requireNonNull(code), Objects.requireNonNull(sentence), fieldErrors);
      case UNKNOWN_AGGREGATE -> new AggregateNotFoundException("", "not found by another node");
      case OVERTAKEN -> new ConcurrencyException("overtaken on another node", failure);
      case CREATED_TWICE ->
          new AggregateStreamCreationException("created on another node", failure);
      case DATABASE_AWAY ->
          new CannotCreateTransactionException("the database is away for another node", failure);
      case FAILED -> failure;
    };
  }
}
