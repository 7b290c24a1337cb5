package io.colloquy.command.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A catalogue as it is written down in YAML. An unknown key is an error, so that no rule is
 * silently lost.
 */
public record CatalogueFile(
    Map<String, Catalogue.Dataset> datasets,
    @Nullable Map<String, Catalogue.FormDefinition> forms,
    @Nullable Map<String, Catalogue.Route> routes) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** The catalogue of the sample data that ships with the product. */
  public static Catalogue shipped() {
    try (InputStream file = CatalogueFile.class.getResourceAsStream("/catalogue/datasets.yaml")) {
      return read(Objects.requireNonNull(file, "catalogue/datasets.yaml")).catalogue();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads a file. */
  public static CatalogueFile read(InputStream file) {
    return YAML.readValue(file, CatalogueFile.class);
  }

  /** The catalogue over the database that was brought. */
  public Catalogue external() {
    Map<String, Catalogue.Dataset> there = new LinkedHashMap<>();
    datasets.forEach((name, dataset) -> there.put(name, dataset.inExternalDatabase()));
    return new CatalogueFile(there, forms, routes).catalogue();
  }

  private Catalogue catalogue() {
    return new Catalogue(
        datasets,
        Objects.requireNonNullElse(forms, Map.of()),
        Objects.requireNonNullElse(routes, Map.of()));
  }
}
