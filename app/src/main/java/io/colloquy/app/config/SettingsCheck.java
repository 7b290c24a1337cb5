package io.colloquy.app.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at start-up where the page is, and which settings have no effect. */
@Component
class SettingsCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

  private final ColloquySettings settings;
  private final WebServerApplicationContext server;
  private final String modelKey;

  SettingsCheck(
      ColloquySettings settings,
      WebServerApplicationContext server,
      @Value("${LLM_API_KEY:}") String modelKey) {
    this.settings = settings;
    this.server = server;
    this.modelKey = modelKey;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (!modelKey.isBlank()) {
      LOG.warn("LLM_API_KEY is set, but this version answers with the embedded planner only.");
    }
    int port = server.getWebServer() == null ? 0 : server.getWebServer().getPort();
    LOG.info("Colloquy is ready: http://localhost:{}  (data in {})", port, settings.home());
  }
}
