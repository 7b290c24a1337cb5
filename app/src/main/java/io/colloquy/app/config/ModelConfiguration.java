package io.colloquy.app.config;

import io.colloquy.command.catalogue.Catalogue;
import io.colloquy.command.catalogue.Vocabulary;
import io.colloquy.command.model.Model;
import io.colloquy.command.model.ModelPlanner;
import io.colloquy.command.planner.EmbeddedPlanner;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The model that plans and answers, where one is set. */
@Configuration
@ConditionalOnExpression(
    "!('${colloquy.llm.provider:}'.isBlank() and '${colloquy.llm.api-key:}'.isBlank())")
class ModelConfiguration {

  @Bean
  Model model(ColloquySettings settings) {
    return new Model(Objects.requireNonNull(settings.llm().settings().orElse(null)));
  }

  @Bean
  ModelPlanner modelPlanner(
      Model model, Catalogue catalogue, Vocabulary vocabulary, EmbeddedPlanner embedded) {
    return new ModelPlanner(model, catalogue, vocabulary, embedded);
  }
}
