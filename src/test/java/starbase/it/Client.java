package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client on the lab's LAN that trusts the lab's pages: real curl, by {@code ./lab curl}. */
record Client(VirtualLab.Running lab) {

  private static final Pattern POD = Pattern.compile("^pod: (.+)$", Pattern.MULTILINE);

  /** One curl with these words. */
  Outcome curl(String... words) {
    return lab.project().lab(command(words).toArray(String[]::new));
  }

  /** What curl's {@code --write-out} says about one request, without the page. */
  String said(String format, String... words) {
    var all = Stream.concat(Stream.of("-o", "/dev/null", "-w", format), Arrays.stream(words));
    return curl(all.toArray(String[]::new)).succeeded().out();
  }

  /**
   * The pods that answered a number of requests to a URL without a query, in order, each on a
   * connection of its own.
   */
  List<String> pods(int requests, String url, String... words) {
    var all =
        Stream.concat(
            Arrays.stream(words),
            Stream.of("--http1.1", "-H", "Connection: close", url + "?[1-" + requests + "]"));
    var pages = curl(all.toArray(String[]::new)).succeeded().out();
    var pods = POD.matcher(pages).results().map(page -> page.group(1)).toList();
    assertThat(pods).as("pages that say which pod they are").hasSize(requests);
    return pods;
  }

  /** The certificate, in PEM, that the page of a host presents. */
  String certificate(String host) {
    var script =
        "openssl s_client -connect \"$0:443\" -servername \"$0\" </dev/null 2>/dev/null | openssl x509";
    return lab.exec("sh", "-c", script, host).succeeded().out().strip();
  }

  /** Begins to request the page every 100 ms, on kept and on fresh connections. */
  Load load(String url) {
    return new Load(List.of(steady(url), steady(url, "--http1.1", "-H", "Connection: close")));
  }

  private Command steady(String url, String... words) {
    // More than any change here takes; the load is ended long before.
    var requests = Duration.ofMinutes(10).toMillis() / 100;
    var all =
        Stream.concat(
            Arrays.stream(words),
            // Standard error, as it is written line by line.
            Stream.of(
                "--rate",
                "10/s",
                "--max-time",
                "5",
                "-o",
                "/dev/null",
                "-w",
                "%{stderr}%{http_code} %{errormsg}\n",
                url + "?[1-" + requests + "]"));
    return lab.project().startLab(command(all.toArray(String[]::new)).toArray(String[]::new));
  }

  private static List<String> command(String... words) {
    var all = new ArrayList<>(List.of("curl", "--silent"));
    all.addAll(Arrays.asList(words));
    return all;
  }

  /** Requests without an end, and how they went. */
  record Load(List<Command> curls) implements AutoCloseable {

    private static final Pattern ANSWER = Pattern.compile("^(\\d{3}) (.*)$", Pattern.MULTILINE);

    /** Waits until requests are under way. */
    Load flows() {
      for (var curl : curls) {
        Wait.until(
            "the load's first requests",
            Duration.ofSeconds(30),
            () -> answers(curl).size() > 5,
            curl::said);
      }
      return this;
    }

    /** Fails if the load has ended, or a request was answered by anything but 200. */
    void lostNone() {
      for (var curl : curls) {
        assertThat(curl.process().isAlive()).as("the load goes on: %s", curl.said()).isTrue();
        var answers = answers(curl);
        assertThat(answers)
            .as("%d requests", answers.size())
            .allMatch(answer -> answer.equals("200 "));
      }
    }

    @Override
    public void close() {
      for (var curl : curls) {
        curl.process().destroy();
        curl.await();
      }
    }

    private static List<String> answers(Command curl) {
      return ANSWER.matcher(curl.said()).results().map(MatchResult::group).toList();
    }
  }
}
