package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The stack's names in a real DNS server in the lab's LAN. Not that a person's own server is told
 * of them.
 */
@ExtendWith(VirtualLab.class)
class DnsIT {
  private static final String ZONE = "starbasestudio.uk";

  private final VirtualLab.Running lab;

  DnsIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @Test
  void theRecordsHaveTheAddressesThatTheGatewaysHaveInTheCluster() {
    var live = new TreeMap<String, String>();
    for (var gateway : lab.get("gateway", "-n", "gateway").at("/items")) {
      live.put(
          gateway.at("/metadata/name").asText(), gateway.at("/status/addresses/0/value").asText());
    }
    assertThat(records())
        .filteredOn(record -> record.has("gateway"))
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.at("/address").asText())
                    .isEqualTo(live.get(record.at("/gateway").asText())));
  }

  @Test
  void bindsOwnCheckerAcceptsEveryZone() throws IOException {
    for (var output : List.of("dnsZone", "dnsZoneInternal", "dnsZoneExternal")) {
      var file = Files.writeString(lab.project().folder().resolve(output), output(output));
      var checked =
          lab.exec(
              "sh",
              "-c",
              """
              PATH=$PATH:/usr/sbin
              command -v named-checkzone >/dev/null || { echo 'named-checkzone is missing: apt-get install bind9-utils' >&2; exit 1; }
              named-checkzone -i full %s '%s'
              """
                  .formatted(ZONE, file));
      assertThat(checked.succeeded().out()).endsWith("OK\n");
    }
  }

  @Test
  void everyNameIsAnsweredWithItsAddress() {
    assertThat(answers("dnsZone")).isEqualTo(wanted("internal", "external"));
  }

  @Test
  void theInternalZoneAnswersForNoExternalNameAndTheOtherWayRound() {
    assertThat(answers("dnsZoneInternal")).isEqualTo(wanted("internal"));
    assertThat(answers("dnsZoneExternal")).isEqualTo(wanted("external"));
  }

  @Test
  void everyPageIsFetchedByItsName() throws IOException {
    var authorities = lab.project().folder().resolve("authorities.pem");
    Files.writeString(authorities, certificate("cert-starbase") + certificate("argocd-tls-secret"));
    try (var server = NameServer.start(lab, ZONE, output("dnsZone"))) {
      for (var app : lab.project().lab("output", "applicationUrls").json().properties()) {
        for (var url : app.getValue()) {
          var page =
              server.asResolver(
                  "curl --silent --show-error --fail --max-time 20 --cacert '%s' %s"
                      .formatted(authorities, url.asText()));
          assertThat(page.succeeded().out()).as(url.asText()).contains(app.getKey());
        }
      }
    }
  }

  /** What a server with that zone answers to every name that the stack has. */
  private Map<String, String> answers(String output) {
    try (var server = NameServer.start(lab, ZONE, output(output))) {
      var questions = new ArrayList<>(List.of("+noall", "+answer"));
      records().forEach(record -> questions.add(record.at("/name").asText()));
      return server
          .ask(questions.toArray(String[]::new))
          .succeeded()
          .out()
          .lines()
          .map(line -> line.split("\\s+"))
          .collect(
              Collectors.toMap(
                  answer -> answer[0].replaceAll("\\.$", ""), answer -> answer[answer.length - 1]));
    }
  }

  private Map<String, String> wanted(String... reaches) {
    return records().stream()
        .filter(record -> List.of(reaches).contains(record.at("/reachable").asText()))
        .collect(
            Collectors.toMap(
                record -> record.at("/name").asText(), record -> record.at("/address").asText()));
  }

  private List<JsonNode> records() {
    return StreamSupport.stream(
            lab.project().lab("output", "dnsRecords").json().spliterator(), false)
        .toList();
  }

  private String output(String name) {
    return lab.project().lab("output", name).succeeded().out();
  }

  private String certificate(String secret) {
    var data = lab.get("secret", "-n", "gateway", secret).at("/data/tls.crt").asText();
    return new String(Base64.getDecoder().decode(data), java.nio.charset.StandardCharsets.UTF_8);
  }
}
