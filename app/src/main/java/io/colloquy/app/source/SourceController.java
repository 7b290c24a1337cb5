package io.colloquy.app.source;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Permissions;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.json.Json;
import io.colloquy.api.source.SourceAccess;
import io.colloquy.api.source.SourceCommand.EditSource;
import io.colloquy.api.source.SourceCommand.RegisterSource;
import io.colloquy.api.source.SourceCommand.RemoveSource;
import io.colloquy.api.source.SourceQuery.FindSources;
import io.colloquy.api.source.SourceQuery.Sources;
import io.colloquy.api.source.SourceTable;
import io.colloquy.api.source.SourceView;
import io.colloquy.app.access.Caller;
import io.colloquy.app.web.StorableText;
import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Catalogue.Dataset;
import io.colloquy.command.gateway.Commands;
import io.colloquy.command.source.ImportProgress;
import io.colloquy.command.source.OnlyPeopleWhoMayUpload;
import io.colloquy.command.source.SourceFiles;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Sources: bring a file, see how far its import is, edit its catalogue entry, remove it. */
@RestController
@RequestMapping("/api/sources")
class SourceController {

  private final Commands commands;
  private final QueryGateway queries;
  private final SourceFiles files;
  private final ImportProgress progress;
  private final Catalogue catalogue;

  SourceController(
      Commands commands,
      QueryGateway queries,
      SourceFiles files,
      ImportProgress progress,
      Catalogue catalogue) {
    this.commands = commands;
    this.queries = queries;
    this.files = files;
    this.progress = progress;
    this.catalogue = catalogue;
  }

  /** What was there before anything was brought. */
  record BuiltIn(String sourceId, String name, String location) {}

  record Listed(List<ObjectNode> sources, List<BuiltIn> builtIn) {}

  /** What may be changed; absent parts stay as they are. */
  record Entry(
      @Nullable String name, @Nullable SourceAccess access, @Nullable List<SourceTable> tables) {}

  @GetMapping
  Listed list(@Caller Actor actor) {
    List<SourceView> all = all();
    Map<String, BuiltIn> builtIn = new TreeMap<>();
    for (Dataset dataset : catalogue.givenFor(actor)) {
      var source = dataset.source();
      builtIn.put(source.id(), new BuiltIn(source.id(), source.name(), source.location()));
    }
    return new Listed(
        all.stream().filter(one -> one.mayBeReadBy(actor)).map(one -> json(one, actor)).toList(),
        List.copyOf(builtIn.values()));
  }

  @GetMapping("/{sourceId}")
  ObjectNode find(@PathVariable String sourceId, @Caller Actor actor) {
    return all().stream()
        .filter(source -> source.sourceId().equals(sourceId))
        .filter(source -> source.mayBeReadBy(actor))
        .findFirst()
        .map(source -> json(source, actor))
        .orElseThrow(() -> new Refusal(ErrorCode.SOURCE_NOT_FOUND, "There is no such source."));
  }

  /**
   * Takes a file in: a form with {@code file}, and optionally {@code name} and {@code permissions},
   * joined by commas. Without permissions only its owner and administrators may read it.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ObjectNode upload(HttpServletRequest request, @Caller Actor actor) throws IOException {
    OnlyPeopleWhoMayUpload.check(actor);
    Part part = part(request);
    String filename = filename(part);
    String sourceId = UUID.randomUUID().toString();
    SourceFiles.Taken taken = files.take(sourceId, filename, part.getInputStream());
    try {
      commands.send(
          new RegisterSource(
              sourceId,
              text(request.getParameter("name"), filename.replaceFirst("\\.[^.]*$", "")),
              filename,
              taken.kind(),
              taken.bytes(),
              taken.sha256(),
              new SourceAccess(permissions(request.getParameter("permissions")), List.of()),
              actor),
          actor);
    } catch (RuntimeException refused) {
      files.discard(sourceId);
      throw refused;
    }
    return find(sourceId, actor);
  }

  private static Part part(HttpServletRequest request) throws IOException {
    try {
      Part part =
          String.valueOf(request.getContentType()).startsWith("multipart/form-data")
              ? request.getPart("file")
              : null;
      if (part != null && part.getSubmittedFileName() != null) {
        return part;
      }
    } catch (ServletException notMultipart) {
      // Said below.
    } catch (IllegalStateException tooLarge) {
      throw new Refusal(ErrorCode.FILE_TOO_LARGE, "The file is larger than 200 MiB.");
    }
    throw new Refusal(
        ErrorCode.INVALID_REQUEST, "Please send the file as multipart/form-data, in \"file\".");
  }

  /** The name without folders, which some browsers send. */
  private static String filename(Part part) {
    String sent = part.getSubmittedFileName().replaceAll("^.*[/\\\\]", "").strip();
    String name = sent.length() > 200 ? sent.substring(sent.length() - 200) : sent;
    return StorableText.isStorable(name) && !name.isEmpty() ? name : "file";
  }

  private static List<String> permissions(@Nullable String joined) {
    return joined == null || joined.isBlank()
        ? List.of(Permissions.ADMIN)
        : Arrays.stream(joined.split(",", -1))
            .map(String::strip)
            .filter(permission -> !permission.isEmpty())
            .toList();
  }

  private static String text(@Nullable String given, String otherwise) {
    return given == null || given.isBlank() || !StorableText.isStorable(given) ? otherwise : given;
  }

  @PutMapping("/{sourceId}")
  ObjectNode edit(@PathVariable String sourceId, @RequestBody Entry entry, @Caller Actor actor) {
    commands.send(
        new EditSource(sourceId, entry.name(), entry.access(), entry.tables(), actor), actor);
    return find(sourceId, actor);
  }

  @DeleteMapping("/{sourceId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String sourceId, @Caller Actor actor) {
    commands.send(new RemoveSource(sourceId, actor), actor);
  }

  private List<SourceView> all() {
    return queries.query(new FindSources(), Sources.class).join().sources();
  }

  /** Who may read a source is told to whoever may change that. */
  private ObjectNode json(SourceView source, Actor actor) {
    ObjectNode json = Json.MAPPER.valueToTree(source);
    boolean mayChange = source.mayBeChangedBy(actor);
    json.put("may_change", mayChange);
    if (!mayChange) {
      json.remove("access");
    }
    ImportProgress.Progress now = progress.of(source.sourceId());
    if (now != null) {
      json.set("progress", Json.MAPPER.valueToTree(now));
    }
    return json;
  }
}
