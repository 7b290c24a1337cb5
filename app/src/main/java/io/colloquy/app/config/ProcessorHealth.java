package io.colloquy.app.config;

import io.colloquy.query.stream.LiveLog;
import org.axonframework.config.EventProcessingConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down when a processing group has stopped or keeps failing: then turns are not answered or not
 * seen.
 */
@Component("processingGroups")
class ProcessorHealth implements HealthIndicator {

  private final EventProcessingConfiguration processing;

  private final LiveLog liveLog;

  ProcessorHealth(EventProcessingConfiguration processing, LiveLog liveLog) {
    this.processing = processing;
    this.liveLog = liveLog;
  }

  @Override
  public Health health() {
    Health.Builder health = liveLog.isRunning() ? Health.up() : Health.down();
    processing
        .eventProcessors()
        .forEach(
            (name, processor) -> {
              boolean well = processor.isRunning() && !processor.isError();
              health.withDetail(name, well ? "running" : "not running");
              if (!well) {
                health.down();
              }
            });
    return health.build();
  }
}
