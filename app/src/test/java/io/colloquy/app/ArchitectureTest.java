package io.colloquy.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The modules' rules: who may see whom. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.colloquy");

  @Test
  void theSharedApiKnowsNoSpringAndNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage("io.colloquy.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "io.colloquy.command..",
            "io.colloquy.query..",
            "io.colloquy.db..",
            "io.colloquy.app..")
        .check(ALL);
  }

  @Test
  void theTwoSidesNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.colloquy.command..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.colloquy.query..", "io.colloquy.app..", "io.colloquy.db..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("io.colloquy.query..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.colloquy.command..", "io.colloquy.app..", "io.colloquy.db..")
        .check(ALL);
  }

  @Test
  void onlyTheApplicationSeesAll() {
    classes()
        .that()
        .resideInAPackage("io.colloquy.app..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage("io.colloquy.app..")
        .check(ALL);
  }

  @Test
  void featuresDoNotGoInCircles() {
    slices().matching("io.colloquy.command.(*)..").should().beFreeOfCycles().check(ALL);
    slices().matching("io.colloquy.query.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        ALL.stream()
            .map(JavaClass::getPackage)
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(found -> found.getName())
            .collect(Collectors.toSet());
    assertThat(unmarked).isEmpty();
  }
}
