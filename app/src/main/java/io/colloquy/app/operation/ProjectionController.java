package io.colloquy.app.operation;

import io.colloquy.api.access.Actor;
import io.colloquy.api.audit.AuditEvent.ProjectionRebuilt;
import io.colloquy.app.access.ActorEvents;
import io.colloquy.app.access.Allowed;
import io.colloquy.app.access.Caller;
import io.colloquy.query.rebuild.Rebuilds;
import java.util.List;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The projections: whether they run, and building them anew. */
@RestController
@RequestMapping("/api/operations/projections")
class ProjectionController {

  private final Rebuilds rebuilds;
  private final EventProcessingConfiguration processing;
  private final ActorEvents events;

  ProjectionController(
      Rebuilds rebuilds, EventProcessingConfiguration processing, ActorEvents events) {
    this.rebuilds = rebuilds;
    this.processing = processing;
    this.events = events;
  }

  /**
   * A projection.
   *
   * @param group its processing group
   * @param running whether it takes events in
   * @param deadLetters how many conversations have events that it could not take in
   * @param rebuild the last rebuild on this node
   */
  record State(
      String group, boolean running, long deadLetters, Rebuilds.@Nullable Progress rebuild) {}

  record States(List<State> projections) {}

  @GetMapping
  States list(@Caller Actor caller) {
    Allowed.inspect(caller);
    return new States(
        rebuilds.all().entrySet().stream()
            .map(entry -> state(entry.getKey(), entry.getValue()))
            .toList());
  }

  private State state(String group, Rebuilds.@Nullable Progress rebuild) {
    boolean running =
        processing
            .eventProcessor(group, EventProcessor.class)
            .map(processor -> processor.isRunning() && !processor.isError())
            .orElse(false);
    long letters =
        processing.deadLetterQueue(group).map(queue -> queue.amountOfSequences()).orElse(0L);
    return new State(group, running, letters, rebuild);
  }

  /** Builds one anew while it serves; how far it is stands in the list. */
  @PostMapping("/{group}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  States rebuild(@PathVariable String group, @Caller Actor caller) {
    Allowed.operate(caller);
    rebuilds.begin(
        group,
        ended -> {
          if (ended.state().equals("done")) {
            events.publish(new ProjectionRebuilt(group, ended.events(), ended.replaced()), caller);
          }
        });
    return list(caller);
  }
}
