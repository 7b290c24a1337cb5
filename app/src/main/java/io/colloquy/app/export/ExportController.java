package io.colloquy.app.export;

import io.colloquy.api.access.Actor;
import io.colloquy.api.access.Refusal;
import io.colloquy.api.export.ExportCommand.RecordDownload;
import io.colloquy.app.access.Refusals;
import io.colloquy.app.config.InstallationSecret;
import io.colloquy.command.export.ExportFormat;
import io.colloquy.command.export.ExportStore;
import io.colloquy.command.export.SignedLinks;
import io.colloquy.command.gateway.Commands;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Hands out exported files to whoever holds a signed link, and notes each download. */
@RestController
class ExportController {

  private final SignedLinks links;
  private final ExportStore files;
  private final Commands commands;
  private final Refusals refusals;
  private final InstallationSecret secret;

  ExportController(
      SignedLinks links,
      ExportStore files,
      Commands commands,
      Refusals refusals,
      InstallationSecret secret) {
    this.links = links;
    this.files = files;
    this.commands = commands;
    this.refusals = refusals;
    this.secret = secret;
  }

  @GetMapping("/api/exports/{token}/{filename}")
  ResponseEntity<Resource> download(
      @PathVariable String token, @PathVariable String filename, HttpServletRequest request) {
    String address = secret.digest(request.getRemoteAddr());
    SignedLinks.Grant grant;
    try {
      grant = links.check(token, filename);
    } catch (Refusal refusal) {
      Actor stranger = new Actor("anonymous", Set.of(), address);
      refusals.note(stranger, refusal.code(), "GET /api/exports/…/" + filename, null);
      throw refusal;
    }
    ExportStore.Stored file = files.open(grant.exportId());
    try {
      commands.send(
          new RecordDownload(grant.exportId()), new Actor(grant.userId(), Set.of(), address));
    } catch (RuntimeException unrecorded) {
      close(file);
      throw unrecorded;
    }
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(ExportFormat.ofFilename(filename).contentType()))
        .contentLength(file.bytes())
        .cacheControl(CacheControl.noStore())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(filename).build().toString())
        .body(new InputStreamResource(file.content()));
  }

  private static void close(ExportStore.Stored file) {
    try {
      file.content().close();
    } catch (IOException unimportant) {
      // Nothing was read from it.
    }
  }
}
