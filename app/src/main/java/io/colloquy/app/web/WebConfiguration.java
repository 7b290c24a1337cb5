package io.colloquy.app.web;

import io.colloquy.api.json.Json;
import io.colloquy.app.access.CallerResolver;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** The product's JSON for requests and answers, strict about what comes in. */
@Configuration
class WebConfiguration implements WebMvcConfigurer {

  private final CallerResolver caller;

  WebConfiguration(CallerResolver caller) {
    this.caller = caller;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(caller);
  }

  @Bean
  static JsonMapperBuilderCustomizer productJson() {
    SimpleModule storableText =
        new SimpleModule("storable-text")
            .addDeserializer(String.class, new StorableText())
            .addDeserializer(Object.class, new StorableValue())
            .addKeyDeserializer(String.class, new StorableText.Key());
    return builder ->
        Json.configure(builder)
            .addModule(storableText)
            .withCoercionConfig(
                LogicalType.Textual,
                coercion ->
                    coercion
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }
}
