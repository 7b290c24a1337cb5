package io.colloquy.app.config;

import io.colloquy.db.node.Node;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps this node alive for the others, and gives up parts of processing groups when it holds more
 * of them than its share.
 */
@Component
class NodeShare {

  private static final Logger LOG = LoggerFactory.getLogger(NodeShare.class);

  /** Until the others have taken what was given up. */
  private static final long HANDS_OFF_SECONDS = 10;

  private final Node node;
  private final EventProcessingConfiguration processing;

  NodeShare(Node node, EventProcessingConfiguration processing) {
    this.node = node;
    this.processing = processing;
  }

  @Scheduled(
      initialDelayString = "${colloquy.takeover-interval:1s}",
      fixedDelayString = "${colloquy.takeover-interval:1s}")
  void look() {
    try {
      node.beAlive();
      int nodes = node.alive();
      processing.eventProcessors().values().stream()
          .filter(PooledStreamingEventProcessor.class::isInstance)
          .map(PooledStreamingEventProcessor.class::cast)
          .forEach(group -> share(group, nodes));
    } catch (RuntimeException failure) {
      LOG.warn("The other nodes cannot be looked at; trying again: {}", failure.getMessage());
    }
  }

  private static void share(PooledStreamingEventProcessor group, int nodes) {
    List<EventTrackerStatus> held = List.copyOf(group.processingStatus().values());
    if (held.isEmpty()) {
      return;
    }
    // All parts of a group are equally large, so one tells how many there are.
    int parts = held.getFirst().getSegment().getMask() + 1;
    int share = Math.ceilDiv(parts, nodes);
    held.stream()
        .skip(share)
        .forEach(
            status -> {
              int part = status.getSegment().getSegmentId();
              LOG.info("Leaving part {} of {} to another node", part, group.getName());
              group.releaseSegment(part, HANDS_OFF_SECONDS, TimeUnit.SECONDS);
            });
  }
}
