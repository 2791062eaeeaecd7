package io.esrgan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;

/** How the packages of the library lie upon each other. */
@AnalyzeClasses(packages = "io.esrgan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Each may use those before it, and none behind it. */
  private static final List<String> ROWS =
      List.of(
          "text", "file", "image", "weights", "asset", "tensor", "nn", "model", "export", "exec",
          "metric", "upscale", "report", "random", "degrade", "data", "loss", "train", "study");

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.esrgan.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void eachPackageUsesOnlyRowsAboveItsOwn(JavaClasses all) {
    for (int row = 0; row < ROWS.size(); row++) {
      String[] below =
          ROWS.subList(row + 1, ROWS.size()).stream()
              .map(name -> "io.esrgan." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("io.esrgan." + ROWS.get(row) + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(below))
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @ArchTest
  static void everyPackageHasARow(JavaClasses all) {
    assertThat(all.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name -> ROWS.stream().anyMatch(row -> name.equals("io.esrgan." + row)));
  }

  @ArchTest
  static final ArchRule onlyTensorKnowsTheEngine =
      classes()
          .that(resideOutsideOfPackages("io.esrgan.tensor.."))
          .should()
          .onlyDependOnClassesThat(resideOutsideOfPackages("org.bytedeco.."));

  @ArchTest
  static final ArchRule onlyImageAndReportKnowJavasPictures =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.esrgan.image..", "io.esrgan.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..", "com.twelvemonkeys..");

  @ArchTest
  static final ArchRule theLibraryPrintsNothing =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
