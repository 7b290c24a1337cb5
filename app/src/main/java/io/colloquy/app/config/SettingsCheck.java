package io.colloquy.app.config;

import io.colloquy.command.model.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at start-up where the page is, and who answers. */
@Component
class SettingsCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

  private final ColloquySettings settings;
  private final WebServerApplicationContext server;
  private final ObjectProvider<Model> model;

  SettingsCheck(
      ColloquySettings settings, WebServerApplicationContext server, ObjectProvider<Model> model) {
    this.settings = settings;
    this.server = server;
    this.model = model;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    model.ifAvailable(asked -> LOG.info("Questions are planned and answered by {}", asked.name()));
    int port = server.getWebServer() == null ? 0 : server.getWebServer().getPort();
    LOG.info("Colloquy is ready: http://localhost:{}  (data in {})", port, settings.home());
  }
}
