package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import starbase.testing.StackYaml;

/**
 * What owns a name or an address changes hands in one {@code up}: nothing that stays is made anew,
 * and a page whose objects stay loses no request. Each test goes on from the stack file that the
 * one before it left; the last {@code up} takes all of it back at once.
 */
@ExtendWith(VirtualLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandoverIT {
  private static final String PAGE = "https://app.starbasestudio.uk/";
  private static final String ELSEWHERE = "https://argocd.starbasestudio.uk/";
  private static final String SERVICE = "/starbase:apps/shop/service/";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final VirtualLab.Running lab;
  private final Client client;
  private final StackYaml stack = new StackYaml();

  HandoverIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @AfterAll
  void asItWas() {
    lab.project().restore();
    lab.up().succeeded();
  }

  @Test
  @Order(1)
  void aRenamedKeyMovesNoService() {
    var before = uid("Service app-x/app-svc");
    try (var load = client.load(PAGE).flows()) {
      var apps = (ObjectNode) stack.config().at("/starbase:apps");
      apps.set("shop", apps.remove("app-x"));
      up();
      load.lostNone();
    }
    assertThat(uid("Service app-x/app-svc")).isEqualTo(before);
    assertIsAsPlanned();
  }

  @Test
  @Order(2)
  void aWorkloadThatBecomesAVariantAndIsTakenBackKeepsItsService() {
    var before = uid("Service app-x/app-svc");
    try (var load = client.load(PAGE).flows()) {
      var split = stack.copy();
      var shop = (ObjectNode) split.config().at("/starbase:apps/shop");
      var old = shop.deepCopy().retain("service", "workload");
      ((ObjectNode) old.path("service")).remove(List.of("address", "hostname"));
      shop.withObject("/variants").set("old", old);
      split.set(SERVICE + "name", text("app-main"));
      var cut =
          upUntil(
              split,
              "the new Service is made",
              () -> Exposed.live(lab).containsKey("Service app-x/app-main"));
      assertThat(cut.exitCode()).isNotZero();

      up();
      load.lostNone();
    }
    assertThat(uid("Service app-x/app-svc")).isEqualTo(before);
    assertIsAsPlanned();
  }

  @Test
  @Order(3)
  void aServicesAddressGoesToTheServiceOfItsNewName() {
    try (var load = client.load(PAGE).flows()) {
      stack.set(SERVICE + "name", text("shop-svc"));
      var up = up();
      assertThat(up.all())
          .contains("192.168.1.103 when Service app-x/app-svc is deleted, at the end of this up");
      load.lostNone();
    }
    assertIsAsPlanned();
    assertThat(client.said("%{http_code}", "http://192.168.1.103:8080/")).isEqualTo("200");
  }

  @Test
  @Order(4)
  void anAddressGoesFromAServiceToAGatewayAndTheGatewaysToTheService() {
    try (var load = client.load(ELSEWHERE).flows()) {
      stack.set("/starbase:gateways/gateway-external/address", text("192.168.1.103"));
      stack.set(SERVICE + "address", text("192.168.1.102"));
      up();
      load.lostNone();
    }
    assertIsAsPlanned();
    assertThat(client.said("%{http_code}", PAGE)).isEqualTo("200");
  }

  @Test
  @Order(5)
  void anExchangeOfAddressesThatWasCutOffAndTakenBackLeavesNoTrace() {
    try (var load = client.load(ELSEWHERE).flows()) {
      var exchanged =
          stack
              .copy()
              .set("/starbase:gateways/gateway-external/address", text("192.168.1.104"))
              .set(SERVICE + "address", text("192.168.1.103"));
      upUntil(
          exchanged,
          "the Gateway asks for another address",
          () ->
              Objects.requireNonNull(Exposed.live(lab).get("Gateway gateway/gateway-external"))
                  .at("/spec/addresses/0/value")
                  .asText()
                  .equals("192.168.1.104"));

      up();
      load.lostNone();
    }
    assertIsAsPlanned();
  }

  @Test
  @Order(6)
  void aRenamedGatewayAndAServiceInAnotherNamespaceTakeTheirAddressesAlong() {
    var gateways = (ObjectNode) stack.config().at("/starbase:gateways");
    gateways.set("gateway-front", gateways.remove("gateway-external"));
    for (var app : stack.config().at("/starbase:apps")) {
      if (app.path("gateway").asText().equals("gateway-external")) {
        ((ObjectNode) app).put("gateway", "gateway-front");
      }
    }
    stack.set("/starbase:dns/external/0", text("gateway-front"));
    stack.set("/starbase:apps/shop/namespace", text("homepage"));
    try (var load = client.load(ELSEWHERE).flows()) {
      up();
      load.lostNone();
    }
    assertIsAsPlanned();
    assertThat(client.said("%{http_code}", PAGE)).isEqualTo("200");
  }

  @Test
  @Order(7)
  void aServiceGivesItsAddressToAGatewayAndGoes() {
    stack.set("/starbase:apps/shop", MissingNode.getInstance());
    stack.set("/starbase:gateways/gateway-internal/address", text("192.168.1.102"));
    up();
    assertIsAsPlanned();
    assertThat(client.said("%{http_code}", ELSEWHERE)).isEqualTo("200");
  }

  @Test
  @Order(8)
  void aMachineWhoseHardwareIsReplacedIsThereOnceAndJoinsAgain() {
    stack.set("/starbase:machines/w2/vmId", new IntNode(222));
    up();
    var simulator = new Simulator(lab.project());
    assertThat(simulator.machines()).containsOnlyKeys("cp1", "cp2", "cp3", "w1", "w2");
    assertThat(Objects.requireNonNull(simulator.machines().get("w2")).id()).isEqualTo(222);
    assertThat(new Talos(lab).readyNodes()).containsExactly("cp1", "cp2", "cp3", "w1", "w2");
  }

  private Outcome up() {
    lab.project().configure(stack.block());
    return lab.up().succeeded();
  }

  /** Begins an {@code up} of a file, and kills its engine once something is so. */
  private Outcome upUntil(StackYaml file, String what, BooleanSupplier isSo) {
    lab.project().configure(file.block());
    var up = lab.project().startLab("up");
    Wait.until(what, Duration.ofMinutes(2), isSo, up::said);
    lab.exec("pkill", "-KILL", "-x", "pulumi").succeeded();
    return up.await();
  }

  private String uid(String object) {
    return Exposed.uid(Objects.requireNonNull(Exposed.live(lab).get(object), object));
  }

  /** Of an address that comes after the {@code up}, nothing is known for a moment. */
  private void assertIsAsPlanned() {
    Exposed.awaitAsPlanned(lab, stack, SOON);
  }

  private static TextNode text(String text) {
    return new TextNode(text);
  }
}
