package io.colloquy.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Colloquy. */
@SpringBootApplication(scanBasePackages = "io.colloquy")
@ConfigurationPropertiesScan
public class ColloquyApplication {

  static {
    // Nothing of ours calls home, and nothing we use may either.
    System.setProperty("axoniq.update-checker.disabled", "true");
  }

  /** Starts the application; settings are documented in README.md. */
  public static void main(String[] args) {
    SpringApplication.run(ColloquyApplication.class, args);
  }
}
