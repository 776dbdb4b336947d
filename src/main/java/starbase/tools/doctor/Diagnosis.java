package starbase.tools.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import starbase.tools.status.Table;

/**
 * The result of following a request.
 *
 * @param seen the steps in order; at most the last is broken
 * @param unseen the steps after a broken one
 */
public record Diagnosis(RequestTarget target, List<Seen> seen, List<String> unseen) {
  /**
   * One step.
   *
   * @param layer who answers for it
   * @param further the command that shows more of a broken step
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Seen(String step, String layer, boolean ok, String said, @Nullable String further) {
    static Seen of(Step step, StepResult finding) {
      return finding instanceof StepResult.Broken broken
          ? new Seen(step.name(), broken.owner().toString(), false, broken.said(), broken.further())
          : new Seen(step.name(), step.layer().toString(), true, finding.said(), null);
    }
  }

  private record Json(String host, boolean healthy, List<Seen> steps, List<String> unseen) {}

  /** Whether the request was answered well. */
  public boolean healthy() {
    return broken().isEmpty();
  }

  /** A table of the steps; below it, where the request ends, whose that is and what to do. */
  public String text() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("STEP", "LAYER", "IS", "SEEN"));
    seen.forEach(
        each ->
            rows.add(List.of(each.step(), each.layer(), each.ok() ? "ok" : "BROKEN", each.said())));
    unseen.forEach(each -> rows.add(List.of(each, "", "-", "")));
    var text = new StringBuilder(Table.of(rows));
    broken()
        .ifPresent(
            each ->
                text.append(
                    "\n%s ends at: %s (layer %s)\n  %s\nLook further: %s\n"
                        .formatted(
                            target.host(),
                            each.step(),
                            each.layer(),
                            each.said(),
                            each.further())));
    return text.toString();
  }

  /** The request's answer, or the step that it ends at. */
  String outcome() {
    return broken()
        .map(each -> "BROKEN at %s".formatted(each.step()))
        .orElseGet(() -> seen.get(seen.size() - 1).said());
  }

  /** Where the request ends and why, if it does not reach its answer. */
  Optional<String> end() {
    return broken()
        .map(
            each ->
                "ends at: %s (layer %s): %s. Look further: %s"
                    .formatted(each.step(), each.layer(), each.said(), each.further()));
  }

  /** The same as JSON. */
  public String json() {
    try {
      return JsonMapper.builder()
          .build()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(new Json(target.host().text(), healthy(), seen, unseen));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and lists are always JSON", e);
    }
  }

  private Optional<Seen> broken() {
    return seen.stream().filter(each -> !each.ok()).findFirst();
  }
}
