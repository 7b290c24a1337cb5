package io.colloquy.api.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.source.SourceEvent.SourceEdited;
import io.colloquy.api.source.SourceEvent.SourceImportFailed;
import io.colloquy.api.source.SourceEvent.SourceImported;
import io.colloquy.api.source.SourceEvent.SourceRegistered;
import io.colloquy.api.source.SourceEvent.SourceRemoved;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A source as it stands: the one rule by which all who need it fold its events.
 *
 * @param status how far it is
 * @param error why it could not be imported
 * @param content what was imported, once it is
 * @param registeredAt when the file was taken in, ISO-8601 in UTC
 */
public record SourceView(
    String sourceId,
    String name,
    String owner,
    String filename,
    SourceKind kind,
    long bytes,
    String sha256,
    SourceAccess access,
    Status status,
    @Nullable Failure error,
    @JsonUnwrapped @Nullable ImportedContent content,
    String registeredAt) {

  /** How far a source is. */
  public enum Status {
    IMPORTING,
    READY,
    FAILED,
    REMOVED;

    /** The name on the wire. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a file could not be imported. */
  public record Failure(ErrorCode code, String message) {}

  /** A source that was just taken in. */
  public static SourceView of(SourceRegistered event, Instant at) {
    return new SourceView(
        event.sourceId(),
        event.name(),
        event.owner(),
        event.filename(),
        event.kind(),
        event.bytes(),
        event.sha256(),
        event.access(),
        Status.IMPORTING,
        null,
        null,
        at.toString());
  }

  /** The source after another of its events. */
  public SourceView after(SourceEvent event) {
    return switch (event) {
      case SourceRegistered ignored -> this;
      case SourceImported imported -> with(name, access, Status.READY, null, imported.content());
      case SourceImportFailed failed ->
          with(name, access, Status.FAILED, new Failure(failed.code(), failed.message()), null);
      case SourceEdited edited ->
          with(edited.name(), edited.access(), status, error, content(edited.tables()));
      case SourceRemoved ignored -> with(name, access, Status.REMOVED, null, null);
    };
  }

  private @Nullable ImportedContent content(List<SourceTable> tables) {
    return content == null
        ? null
        : new ImportedContent(
            content.rows(),
            content.columns(),
            tables,
            content.passages(),
            content.pages(),
            content.notes());
  }

  private SourceView with(
      String newName,
      SourceAccess newAccess,
      Status newStatus,
      @Nullable Failure newError,
      @Nullable ImportedContent newContent) {
    return new SourceView(
        sourceId,
        newName,
        owner,
        filename,
        kind,
        bytes,
        sha256,
        newAccess,
        newStatus,
        newError,
        newContent,
        registeredAt);
  }

  /** The tables, empty until it is imported and for documents. */
  @JsonIgnore
  public List<SourceTable> importedTables() {
    return content == null ? List.of() : content.tables();
  }

  /** Whether an actor may ask about it. */
  public boolean mayBeReadBy(Actor actor) {
    return mayBeChangedBy(actor) || actor.holdsAnyOf(access.permissions());
  }

  /** Whether an actor may change or remove it. */
  public boolean mayBeChangedBy(Actor actor) {
    return actor.userId().equals(owner) || actor.holds(Permissions.ADMIN);
  }
}
