package io.esrgan.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** The command line prints through picocli's writers, and leaves engine and pictures to core. */
@AnalyzeClasses(packages = "io.esrgan.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule writesThroughTheCommandLine =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule leavesTheEngineToCore =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule leavesPicturesToCore =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.awt..", "javax.imageio..");
}
