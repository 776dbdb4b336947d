package starbase.stack.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Port;
import starbase.rules.Rules;

/** One case a rule, on a small shop of its own: the lab's rules are tested with the lab. */
class StrictConfigTest {
  sealed interface Payment {
    record Cash(String currency) implements Payment {}

    record CreditCard(Port terminal) implements Payment {}
  }

  record Item(String name, Optional<Integer> count) {
    Item {
      new Rules()
          .require(count.orElse(1) > 0, "count", "is too small", "1 or more")
          .require(!name.isBlank(), "name", "is blank", "a name")
          .enforce();
    }
  }

  record Shop(
      Address address,
      Optional<Boolean> open,
      Optional<URI> site,
      Optional<Payment> payment,
      Optional<List<Item>> items,
      Optional<Map<DnsLabel, Item>> shelf,
      Optional<Map<String, Object>> notes) {}

  private static Shop read(String yaml) {
    try {
      var reading =
          StrictConfig.read((ObjectNode) new YAMLMapper().readTree(yaml), Shop.class, "shop:");
      return reading.value().orElseThrow(() -> new InvalidConfig(reading.findings()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(String yaml) {
    var thrown = catchThrowableOfType(InvalidConfig.class, () -> read(yaml));
    assertThat(thrown).as("nothing was wrong with %s", yaml).isNotNull();
    return thrown.findings().stream().map(Finding::toString).toList();
  }

  @Test
  void aFullConfigurationBecomesItsRecord() {
    var shop =
        read(
            """
            address: 192.168.1.101
            open: true
            site: https://example.com/
            payment: {kind: creditCard, terminal: 443}
            items: [{name: pen}, {name: ink, count: 2}]
            shelf: {top: {name: pen}}
            notes: {any: [1, {thing: true}]}
            """);

    assertThat(shop)
        .isEqualTo(
            new Shop(
                Address.parse("192.168.1.101"),
                Optional.of(true),
                Optional.of(URI.create("https://example.com/")),
                Optional.of(new Payment.CreditCard(new Port(443))),
                Optional.of(
                    List.of(new Item("pen", Optional.empty()), new Item("ink", Optional.of(2)))),
                Optional.of(Map.of(new DnsLabel("top"), new Item("pen", Optional.empty()))),
                Optional.of(Map.of("any", List.of(1, Map.of("thing", true))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{addres: 1.2.3.4} | shop:addres: is not known; did you mean \"address\"? allowed: address, open, site, payment, items, shelf, notes",
        "{address: 1.2.3.4, adress: 1} | shop:adress: is not known; allowed: address, open, site, payment, items, shelf, notes",
        "{open: true} | shop:address: is missing; allowed: a value such as 192.168.1.101",
        "{address: } | shop:address: has no value; allowed: a value; leave the key out if it is optional",
        "{address: 1.2.3.4, open: } | shop:open: has no value; allowed: a value; leave the key out if it is optional",
        "{address: 1.2} | shop:address: 1.2 is not a text; allowed: the same in quotes",
        "{address: 1.2.3.400} | shop:address: \"1.2.3.400\" is not an IPv4 address; allowed: four numbers from 0 to 255, such as 192.168.1.101",
        "{address: [1.2.3.4]} | shop:address: [\"1.2.3.4\"] is not a text; allowed: a single text",
        "{address: 1.2.3.4, open: 'yes'} | shop:open: \"yes\" is neither true nor false; allowed: true or false, without quotes",
        "{address: 1.2.3.4, site: 'a b'} | shop:site: \"a b\" is not a URL; allowed: a URL without spaces, such as https://lab.example/",
        "{address: 1.2.3.4, site: '192.168.1.2:8006'} | shop:site: \"192.168.1.2:8006\" is not a URL; allowed: https://192.168.1.2:8006",
        "{address: 1.2.3.4, items: pen} | shop:items: \"pen\" is not a list; allowed: a list, with a dash before each entry",
        "{address: 1.2.3.4, items: [pen]} | shop:items[0]: \"pen\" is not a map; allowed: keys with values below it",
        "{address: 1.2.3.4, items: [{name: pen, count: many}]} | shop:items[0].count: \"many\" is not a whole number; allowed: digits, without quotes or a point",
        "{address: 1.2.3.4, items: [{name: pen, count: 1.5}]} | shop:items[0].count: 1.5 is not a whole number; allowed: digits, without quotes or a point",
        "{address: 1.2.3.4, items: [{name: pen, count: 0}]} | shop:items[0].count: 0 is too small; allowed: 1 or more",
        "{address: 1.2.3.4, shelf: {Top: {name: pen}}} | shop:shelf.Top: \"Top\" is not a name; allowed: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends",
        "{address: 1.2.3.4, payment: {terminal: 443}} | shop:payment.kind: is missing; allowed: cash, creditCard",
        "{address: 1.2.3.4, payment: {kind: gold}} | shop:payment.kind: \"gold\" is not known; allowed: cash, creditCard",
        "{address: 1.2.3.4, payment: {kind: cash, terminal: 443, currency: EUR}} | shop:payment.terminal: is not known; allowed: currency",
        "{address: 1.2.3.4, payment: {kind: creditCard, terminal: 70000}} | shop:payment.terminal: 70000 is not a port; allowed: 1 to 65535"
      })
  void whatIsWrongIsSaidWithItsKeyItsValueAndWhatIsAllowed(String yaml, String problem) {
    assertThat(problems(yaml)).containsExactly(problem);
  }

  @Test
  void allProblemsAreFoundAtOnceAndNoneTwice() {
    assertThat(problems("{open: 1, items: [{count: 0}, {name: pen, size: 3}], color: red}"))
        .containsExactly(
            "shop:color: is not known; allowed: address, open, site, payment, items, shelf, notes",
            "shop:address: is missing; allowed: a value such as 192.168.1.101",
            "shop:open: 1 is neither true nor false; allowed: true or false, without quotes",
            "shop:items[0].name: is missing; allowed: a text",
            "shop:items[1].size: is not known; allowed: name, count");
  }

  record Colour(int red, boolean matt) {}

  record Everything(
      String text,
      Port number,
      Boolean truth,
      List<DnsLabel> list,
      List<Colour> colours,
      Map<DnsLabel, Colour> named,
      Colour colour,
      Payment payment) {}

  @Test
  void aMissingKeyIsSaidWithWhatItMayHold() throws JsonProcessingException {
    var nothing = (ObjectNode) new YAMLMapper().readTree("{}");

    assertThat(StrictConfig.read(nothing, Everything.class, "shop:").findings())
        .extracting(Finding::toString)
        .containsExactly(
            "shop:text: is missing; allowed: a text",
            "shop:number: is missing; allowed: a whole number",
            "shop:truth: is missing; allowed: true or false",
            "shop:list: is missing; allowed: a list, such as [app-x]",
            "shop:colours: is missing; allowed: a list, each entry with red and matt",
            "shop:named: is missing; allowed: names, each with red and matt below it",
            "shop:colour: is missing; allowed: red and matt below the key",
            "shop:payment: is missing; allowed: kind: cash or creditCard, and what belongs to it, below the key");
  }

  record Size(Optional<Integer> width, Optional<Integer> height) {
    Size {
      new Rules()
          .require(width.orElse(1) > 0, "width", "is too small", "1 or more")
          .require(height.orElse(1) > 0, "height", "is too small", "1 or more")
          .enforce();
    }
  }

  @Test
  void whatIsRightIsKeptBesideWhatIsWrongOrMisspelt() throws JsonProcessingException {
    var wrong = (ObjectNode) new YAMLMapper().readTree("{width: 0, heigth: 2}");

    assertThat(StrictConfig.salvage(wrong, Size.class, "shop:", List.of()))
        .contains(new Size(Optional.empty(), Optional.of(2)));
  }

  @Test
  void theMessageListsEveryProblemOnALineOfItsOwn() {
    assertThat(catchThrowableOfType(InvalidConfig.class, () -> read("{open: 1}")))
        .hasMessage(
            """
            the configuration has 2 problems; nothing was changed:
              - shop:address: is missing; allowed: a value such as 192.168.1.101
              - shop:open: 1 is neither true nor false; allowed: true or false, without quotes""");
  }
}
