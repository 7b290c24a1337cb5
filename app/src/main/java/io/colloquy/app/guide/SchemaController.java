package io.colloquy.app.guide;

import io.colloquy.api.widget.WidgetSchema;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Serves the schema that every issued widget obeys. */
@RestController
class SchemaController {

  @GetMapping(WidgetSchema.PATH)
  ResponseEntity<ObjectNode> descriptor() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/schema+json"))
        .body(WidgetSchema.json());
  }
}
