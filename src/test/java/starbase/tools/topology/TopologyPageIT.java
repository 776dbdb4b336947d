package starbase.tools.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import starbase.stack.LabConfig;
import starbase.testing.SampleLab;
import starbase.topology.Topology;

/**
 * The page of Pulumi.lab.yaml in a real browser. That it is easy to read is for people to judge.
 */
class TopologyPageIT {
  private static final LabConfig LAB = SampleLab.config();
  private static final String PAGE = Html.of(Topology.of(LAB, LAB.askedAddresses()), "The lab");
  private static final int INTERNAL = 0xE7F0FB;
  private static final int EXTERNAL = 0xFDF0E0;

  private final Browser browser = Browser.installed();

  @TempDir private Path folder;

  @Test
  void thePageShowsBothGatewaysAndEveryRouteAndHasNoComplaint() throws Exception {
    var look = browser.document(written(PAGE), folder);

    assertThat(look.console()).isEmpty();
    for (var gateway : LAB.gateways().keySet()) {
      assertThat(look.out()).contains("<text class=\"title\"", ">" + gateway + "</text>");
    }
    for (var app : LAB.apps().entrySet()) {
      assertThat(look.out()).contains("data-id=\"route-" + app.getKey() + "\"");
      for (var hostname : app.getValue().hostnames()) {
        assertThat(look.out()).contains(">" + hostname + "</text>");
      }
    }
  }

  @Test
  void thePageIsPaintedInTheColoursOfBothReaches() throws Exception {
    var png = folder.resolve("lab.png");

    assertThat(browser.picture(written(PAGE), png, folder).console()).isEmpty();

    var picture = ImageIO.read(png.toFile());
    var colours =
        IntStream.range(0, picture.getWidth() * picture.getHeight())
            .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) & 0xFFFFFF)
            .toArray();
    assertThat(IntStream.of(colours).filter(colour -> colour == INTERNAL).count())
        .isGreaterThan(10_000);
    assertThat(IntStream.of(colours).filter(colour -> colour == EXTERNAL).count())
        .isGreaterThan(10_000);
  }

  @Test
  void pointingAtARouteLeavesOnlyItsOwnWay() throws Exception {
    var pointed =
        PAGE.replace(
            "</body>",
            """
            <script>
            document.querySelector('[data-id="route-homepage"]').dispatchEvent(new Event("pointerenter"));
            document.title = [...document.querySelectorAll(".on[data-id]")].map((node) => node.dataset.id).sort().join(" ");
            </script>
            </body>""");

    var look = browser.document(written(pointed), folder);

    assertThat(look.console()).isEmpty();
    assertThat(look.out())
        .contains(
            "<title>address-192.168.1.102 certificate-gateway-external/https client-external"
                + " gateway-gateway-external listener-gateway-external/https pods-homepage"
                + " route-homepage service-homepage/homepage</title>");
  }

  private Path written(String page) throws IOException {
    return Files.writeString(folder.resolve("lab.html"), page);
  }
}
