package starbase.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchematicsTest {
  private static final String YAML = "customization: {}\n";

  @TempDir private Path folder;
  private Repository factory;
  private Schematics schematics;

  @BeforeEach
  void start() throws IOException {
    factory = new Repository();
    schematics = new Schematics(new Web(), new Cache(folder));
  }

  @AfterEach
  void stop() {
    factory.close();
  }

  @Test
  void theFactoryIsToldOfTheSchematic() {
    factory.put("/schematics", "{\"id\":\"abc\"}".getBytes(UTF_8));

    schematics.announce(factory.address("/schematics"), YAML, "abc");

    assertThat(factory.asked()).containsExactly("/schematics");
    assertThat(factory.posted()).containsExactly(YAML);
  }

  @Test
  void aFactoryThatReadsItInAnotherWayIsRefused() {
    factory.put("/schematics", "{\"id\":\"def\"}".getBytes(UTF_8));

    assertThatThrownBy(() -> announce("abc"))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "%s names the schematic of starbase:proxmox.image def, not abc as expected, so its image may not be the one that was asked for; check starbase:proxmox.image.factory"
                .formatted(factory.address("/schematics")));
  }

  @Test
  void aFactoryThatRefusesItIsQuoted() {
    assertThatThrownBy(() -> announce("abc"))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(factory.address("/schematics") + " answered 404, not 201");
  }

  @Test
  void whatIsNoFactoryIsSaid() {
    factory.put("/schematics", "<html>".getBytes(UTF_8));

    assertThatThrownBy(() -> announce("abc"))
        .hasMessageEndingWith(
            "is not an Image Factory: it sent a response that is not JSON; check"
                + " starbase:proxmox.image.factory");
  }

  @Test
  void aFactoryThatHasSaidYesNeedNotBeThereTheNextTime() {
    factory.put("/schematics", "{\"id\":\"abc\"}".getBytes(UTF_8));
    announce("abc");
    factory.close();

    announce("abc");
    assertThatThrownBy(() -> announce("def"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("cannot be asked (no connection); check the network, then run again");
  }

  @Test
  void whatTheFactoryIsLongInMakingIsWaitedForWithProgress() {
    factory.put("/image", new byte[] {1});
    factory.slow("/image", Duration.ofMillis(300));
    var said = new ArrayList<String>();

    hasty(Duration.ofSeconds(20)).await(List.of(factory.address("/image")), said::add);

    assertThat(factory.asked()).containsExactly("/image");
    assertThat(said)
        .isNotEmpty()
        .allMatch(
            line ->
                line.startsWith(
                    "waiting for the Image Factory to make " + factory.address("/image")));
  }

  @Test
  void whatTheFactoryDoesNotHaveIsAnErrorAndWhatItDoesNotMakeInTimeIsLeftToTheHosts() {
    factory.put("/image", new byte[] {1});
    factory.slow("/image", Duration.ofSeconds(2));
    var said = new ArrayList<String>();

    hasty(Duration.ofMillis(200)).await(List.of(factory.address("/image")), said::add);

    assertThat(said)
        .last()
        .isEqualTo(
            factory.address("/image") + ": no answer; continuing, because the hosts may reach it");
    assertThatThrownBy(
            () -> hasty(Duration.ofSeconds(20)).await(List.of(factory.address("/none")), said::add))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(
            factory.address("/none") + " answered 404: the factory has no such version of Talos");
  }

  private Schematics hasty(Duration patience) {
    return new Schematics(new Web(), new Cache(folder), patience, Duration.ofMillis(100));
  }

  private void announce(String id) {
    schematics.announce(factory.address("/schematics"), YAML, id);
  }
}
