package io.colloquy.app;

import io.colloquy.proof.Verify;
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

  /**
   * Starts the application; settings are documented in README.md. With {@code verify} and a file it
   * checks an exported audit log instead, and needs neither settings nor a database.
   */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("verify")) {
      Verify.main(args);
      return;
    }
    SpringApplication.run(ColloquyApplication.class, args);
  }
}
