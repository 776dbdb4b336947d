package starbase.stack.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language says of an expression (cel-spec, doc/langdef.md), a case each. */
class CelRuleTest {
  private static final Map<String, Object> SELF =
      Map.of(
          "name",
          "shop",
          "namespace",
          "app-x",
          "port",
          80L,
          "weight",
          0.5,
          "paths",
          List.of("/a", "/b", "/a"),
          "labels",
          Map.of("a/b", "c"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.name == 'shop' && self.port != 81",
        "self.port == 80.0 && self.port > self.weight",
        "1 + 2 + 3 <= 6 && -1 < 0",
        "self.port > 80 ? false : true",
        "has(self.name) && !has(self.other)",
        "self.__namespace__ == 'app-x'",
        "size(self.paths) == 3 && self.paths.size() == 3 && size(self.name) == 4",
        "self.paths[1] == '/b' && self.labels['a/b'] == 'c'",
        "'/a' in self.paths && 'a/b' in self.labels && !('/c' in self.paths)",
        "self.paths.all(p, p.startsWith('/')) && !self.paths.all(p, p == '/a')",
        "self.paths.exists(p, p.endsWith('b')) && !self.paths.exists(p, p == '/c')",
        "self.paths.exists_one(p, p == '/b') && !self.paths.exists_one(p, p == '/a')",
        "self.paths.filter(p, p == '/a').size() == 2",
        "self.paths.map(p, p + 'x')[0] == '/ax'",
        "self.labels.all(key, key.split('/')[0] == 'a')",
        "self.name.matches('^s.*p$') && self.name.matches('o') && !self.name.matches('^o')",
        "self.name.matches(r\"\"\"^\\w+$\"\"\")",
        "self.name.contains('ho') && self.name.substring(2) == 'op'",
        "isIP('10.0.0.1') && isIP('::1') && !isIP('10.0.0.256') && !isIP('shop')",
        "duration('1h30m') > duration('89m') && duration('500ms') < duration('1s')",
        // One side decides, whatever comes of the other.
        "self.other == 'x' || true",
        "!(self.other == 'x' && false)",
        "self.paths.exists(p, p == '/a' || self.other == 'x')"
      })
  void holds(String rule) {
    assertThat(CelRule.of(rule).holds(SELF)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self.other == 'x'",
        "self.other == 'x' && true",
        "self.paths[3] == ''",
        "self.name < 3",
        "self.name",
        "self.paths.all(p, self.other == p)",
        "duration('soon') > duration('1s')"
      })
  void cannotBeTold(String rule) {
    var read = CelRule.of(rule);

    assertThatThrownBy(() -> read.holds(SELF)).isInstanceOf(CelException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"self.", "self.name =", "(true", "true false", "quantity('1')", "{'a': 1}"})
  void cannotBeRead(String rule) {
    assertThatThrownBy(() -> CelRule.of(rule)).isInstanceOf(CelException.class);
  }
}
