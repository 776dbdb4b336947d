package starbase.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;

/** Which pages a plan promises; the rest of the plan is the lab's. */
class PlannedPageTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final StackYaml stack =
      new StackYaml()
          .set("/starbase:apps", tree("{}"))
          .set(
              "/starbase:gateways",
              tree(
                  """
                  gateway-external:
                    namespace: gateway
                    address: 192.168.1.102
                    listeners:
                      - {name: http, port: 80, hostname: "*.starbasestudio.uk"}
                      - {name: https, port: 443, hostname: "*.starbasestudio.uk", certificate: cert-starbase}
                  """));

  @Test
  void everyHostnameIsAPageByHttpsAndWhereItIsRedirectedByHttp() {
    app("hostnames: [a.starbasestudio.uk, b.starbasestudio.uk]", "");
    assertThat(urls())
        .containsExactly(
            "https://a.starbasestudio.uk/",
            "http://a.starbasestudio.uk/",
            "https://b.starbasestudio.uk/",
            "http://b.starbasestudio.uk/");
  }

  @Test
  void aPageIsAskedAtAPathThatItsRouteTakes() {
    app(
        "hostnames: [a.starbasestudio.uk]",
        """
        route:
          kind: http
          rules:
            - matches:
                - {path: {kind: regularExpression, value: "/v[12]"}}
                - {path: {kind: prefix, value: /api}, method: POST}
                - {path: {kind: exact, value: /health}, method: GET}
        """);
    assertThat(urls()).startsWith("https://a.starbasestudio.uk/health");
  }

  @Test
  void aPageThatNoPlainGetReachesIsNotAskedAndSaysWhy() {
    app(
        "hostnames: [a.starbasestudio.uk]",
        """
        route:
          kind: http
          rules: [{matches: [{headers: [{name: x-canary, value: "true"}]}]}]
        """);
    assertThat(pages().get(0).notAsked())
        .hasValueSatisfying(why -> assertThat(why).startsWith("its rules take no plain GET"));
  }

  @Test
  void aWildcardIsNoPage() {
    app("hostnames: ['*.starbasestudio.uk']", "");
    assertThat(pages())
        .singleElement()
        .satisfies(
            page -> assertThat(page.notAsked()).hasValue("a wildcard is not the name of one page"));
  }

  private void app(String hostnames, String route) {
    stack.set(
        "/starbase:apps/x",
        tree(
            """
            namespace: app-x
            gateway: gateway-external
            service: {name: x, port: 80}
            """
                + hostnames
                + "\n"
                + route));
  }

  private List<PlannedPage> pages() {
    return PlannedPage.of(StackFile.parse(stack.text()).checked().lab());
  }

  private List<String> urls() {
    return pages().stream().map(PlannedPage::url).toList();
  }

  private static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
