package starbase;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.pulumi.resources.CustomResource;
import com.pulumi.resources.ResourceArgs;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages are the architecture. */
class ArchitectureTest {
  private static final String[] COMPONENTS = {
    "starbase.proxmox",
    "starbase.talos",
    "starbase.namespaces",
    "starbase.gatewayapi",
    "starbase.cilium",
    "starbase.certs",
    "starbase.policies",
    "starbase.gateways",
    "starbase.apps",
    "starbase.kubernetes",
    "starbase.machines",
    "starbase.net",
    "starbase.rules"
  };
  private static final JavaClasses STARBASE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("starbase");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxmox",
        "talos",
        "namespaces",
        "gatewayapi",
        "cilium",
        "certs",
        "policies",
        "gateways",
        "apps"
      })
  void aLayerKnowsNoOtherLayerAndNothingOfTheProgram(String layer) {
    classes()
        .that()
        .resideInAPackage("starbase." + layer)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "starbase." + layer,
                    "starbase.kubernetes",
                    "starbase.machines",
                    "starbase.net",
                    "starbase.rules")
                .or(resideOutsideOfPackage("starbase.."))
                .or(type(Layer.class)))
        .check(STARBASE);
  }

  @Test
  void valuesKnowNothingButThemselves() {
    noClasses()
        .that()
        .resideInAPackage("starbase.net")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.pulumi..", "io.fabric8..", "starbase.kubernetes", "starbase")
        .check(STARBASE);
  }

  @Test
  void onlyTheKubernetesPackageKnowsUntypedObjectsHelmAndPatches() {
    noClasses()
        .that()
        .resideInAPackage("starbase..")
        .and()
        .resideOutsideOfPackage("starbase.kubernetes")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.pulumi.kubernetes.helm..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("com\\.pulumi\\.kubernetes\\..*Patch.*")
        .orShould()
        .beAssignableTo(CustomResource.class)
        .orShould()
        .beAssignableTo(ResourceArgs.class)
        .check(STARBASE);
  }

  @Test
  void componentsDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(COMPONENTS)
        .and()
        .doNotHaveFullyQualifiedName("starbase.kubernetes.ChartValues")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io", "java.nio.file..", "java.net.http..", "java.util.logging..")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .check(STARBASE);
  }

  @Test
  void onlyTheLabPutsLayersInOrder() {
    noClasses()
        .that()
        .resideInAPackage("starbase..")
        .and()
        .doNotHaveFullyQualifiedName("starbase.Lab")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("com.pulumi.resources.ComponentResourceOptions$Builder")
        .check(STARBASE);
  }

  @Test
  void nothingIsPrintedButByTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("starbase.cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(STARBASE);
  }

  @Test
  void layersAreFreeOfCycles() {
    slices().matching("starbase.(*)..").should().beFreeOfCycles().check(STARBASE);
  }
}
