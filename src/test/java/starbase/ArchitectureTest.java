package starbase;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.resources.CustomResource;
import com.pulumi.resources.ResourceArgs;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import starbase.layer.Layer;

/** The packages are the architecture. */
class ArchitectureTest {
  private static final JavaClasses STARBASE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("starbase");

  private static final Set<String> COMPONENTS = packagesOf("components");

  private static final Set<String> LAYERS =
      new TreeSet<>(
          STARBASE.stream()
              .filter(type -> type.isAssignableTo(Layer.class) && !type.isEquivalentTo(Layer.class))
              .map(JavaClass::getPackageName)
              .toList());

  /** The packages that have sources in a source root. */
  private static Set<String> packagesOf(String root) {
    try (var files = Files.walk(Path.of(root))) {
      return new TreeSet<>(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(file -> Path.of(root).relativize(file.getParent()).toString().replace('/', '.'))
              .toList());
    } catch (IOException e) {
      throw new AssertionError("the sources are not here", e);
    }
  }

  private static Set<String> layers() {
    return LAYERS;
  }

  @Test
  void componentsCompileWithoutTheProgram() {
    assertThat(COMPONENTS).doesNotContainAnyElementsOf(packagesOf("src/main/java"));
    classes()
        .that()
        .resideInAnyPackage(COMPONENTS.toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(COMPONENTS.toArray(String[]::new))
                .or(resideOutsideOfPackage("starbase..")))
        .check(STARBASE);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerKnowsNoOtherLayer(String layer) {
    var others = LAYERS.stream().filter(any -> !any.equals(layer));
    noClasses()
        .that()
        .resideInAPackage(layer)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(STARBASE);
  }

  @Test
  void valuesKnowNothingButThemselves() {
    classes()
        .that()
        .resideInAPackage("starbase.net")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("starbase.net", "starbase.rules")
                .or(resideOutsideOfPackage("starbase..")))
        .andShould()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("com.pulumi..", "io.fabric8..")
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
        .resideInAnyPackage(COMPONENTS.toArray(String[]::new))
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
  void nothingDependsOnTheTools() {
    noClasses()
        .that()
        .resideOutsideOfPackage("starbase.tools..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("starbase.tools..")
        .check(STARBASE);
  }

  @Test
  void nothingIsPrintedButByTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("starbase.tools")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(STARBASE);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .assignedFrom(slicesBy(JavaClass::getPackageName))
        .should()
        .beFreeOfCycles()
        .check(STARBASE);
  }

  /** A room is a package directly below starbase with its subpackages, or starbase itself. */
  @Test
  void roomsAreFreeOfCycles() {
    slices()
        .assignedFrom(
            slicesBy(its -> its.getPackageName().replaceFirst("^starbase\\.([^.]+).*", "$1")))
        .should()
        .beFreeOfCycles()
        .check(STARBASE);
  }

  private static SliceAssignment slicesBy(Function<JavaClass, String> slice) {
    return new SliceAssignment() {
      @Override
      public String getDescription() {
        return "packages, starbase among them";
      }

      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return type.getPackageName().startsWith("starbase")
            ? SliceIdentifier.of(slice.apply(type))
            : SliceIdentifier.ignore();
      }
    };
  }

  @Test
  void aSimpleNameIsOneClass() {
    var packages =
        STARBASE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    mapping(JavaClass::getPackageName, toList())));

    packages.values().removeIf(each -> each.size() == 1);
    assertThat(packages).isEmpty();
  }
}
