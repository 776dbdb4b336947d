package starbase.tools.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import starbase.tools.status.Table;

/**
 * How the pages of a plan answer a client here.
 *
 * @param answers one for each page, in the plan's order
 */
public record Pages(List<Answer> answers) {
  private static final int AT_ONCE = 16;
  private static final Duration PAUSE = Duration.ofMillis(250);

  /**
   * How one page answers.
   *
   * @param said what came back, or why the page was not asked
   * @param finding the doctor's words if it is broken
   */
  public record Answer(String url, String said, Optional<String> finding) {}

  /**
   * Asks all pages, again and again until every one answers or patience is over: seconds pass
   * between a route that is accepted and an Envoy that knows it.
   *
   * @param cluster reads the cluster anew
   * @param patience how long a page may take to answer
   */
  public static Pages ask(
      List<PlannedPage> pages,
      Doctor doctor,
      Supplier<ClusterObjects> cluster,
      Duration patience,
      Clock clock)
      throws InterruptedException {
    var end = clock.instant().plus(patience);
    while (true) {
      var asked = once(pages, doctor, cluster.get(), clock);
      if (asked.findings().isEmpty() || clock.instant().isAfter(end)) {
        return asked;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** What is broken, a sentence a page. */
  public List<String> findings() {
    return answers.stream().flatMap(answer -> answer.finding().stream()).toList();
  }

  /** A table with a line a page. */
  public String text() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("PAGE", "ANSWER"));
    answers.forEach(answer -> rows.add(List.of(answer.url(), answer.said())));
    return Table.of(rows);
  }

  private static Pages once(
      List<PlannedPage> pages, Doctor doctor, ClusterObjects cluster, Clock clock)
      throws InterruptedException {
    var workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      var asked = new ArrayList<Answer>();
      for (var answer :
          workers.invokeAll(
              pages.stream()
                  .map(page -> (Callable<Answer>) () -> answer(page, doctor, cluster, clock))
                  .toList())) {
        asked.add(result(answer));
      }
      return new Pages(List.copyOf(asked));
    } finally {
      workers.shutdown();
    }
  }

  private static Answer answer(
      PlannedPage page, Doctor doctor, ClusterObjects cluster, Clock clock) {
    if (page.notAsked().isPresent()) {
      return new Answer(page.url(), "not asked: " + page.notAsked().get(), Optional.empty());
    }
    var diagnosis = doctor.examine(page.target(), cluster, Optional.empty(), clock);
    return new Answer(
        page.url(), diagnosis.outcome(), diagnosis.end().map(end -> page.url() + " " + end));
  }

  private static Answer result(Future<Answer> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
