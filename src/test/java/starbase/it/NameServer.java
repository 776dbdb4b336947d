package starbase.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * BIND on the lab's laptop, answering for one zone only. It listens on the loopback: at the
 * router's address the lab has a name server of its own.
 *
 * @param lab where it runs
 * @param folder what it reads and writes
 */
record NameServer(VirtualLab.Running lab, Path folder) implements AutoCloseable {
  static final String ADDRESS = "127.0.0.1";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CONFIGURATION =
      """
      options {
        directory "%1$s";
        pid-file "%1$s/named.pid";
        lock-file none;
        listen-on { %2$s; };
        listen-on-v6 { none; };
        recursion no;
        dnssec-validation no;
      };
      controls { };
      zone "%3$s" { type primary; file "zone"; };
      """;

  /** Starts it; returns when it answers for the zone. */
  static NameServer start(VirtualLab.Running lab, String zone, String file) {
    try {
      var folder = Files.createDirectories(lab.project().folder().resolve("named"));
      var server = new NameServer(lab, folder);
      Files.writeString(folder.resolve("zone"), file);
      Files.writeString(
          folder.resolve("named.conf"), CONFIGURATION.formatted(folder, ADDRESS, zone));
      server.run();
      Wait.until(
          "BIND answers for " + zone,
          PATIENCE,
          () -> server.ask("+short", zone, "SOA").out().contains("hostmaster." + zone),
          () -> server.ask(zone, "SOA").all());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code dig} says when it asks this server. */
  Outcome ask(String... words) {
    return lab.exec(
        "sh", "-c", "dig @%s +time=2 +tries=1 %s".formatted(ADDRESS, String.join(" ", words)));
  }

  /** Runs a command for which this server is the only one there is. */
  Outcome asResolver(String command) {
    try {
      Files.writeString(folder.resolve("resolv.conf"), "nameserver " + ADDRESS + "\n");
      return lab.exec(
          "unshare",
          "--mount",
          "sh",
          "-c",
          "mount --bind '%s/resolv.conf' /etc/resolv.conf && %s".formatted(folder, command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of the program is run, as Ubuntu lets the installed one read only its own folders. */
  private void run() {
    var started =
        lab.exec(
            "sh",
            "-c",
            """
            PATH=$PATH:/usr/sbin
            program=$(command -v named) && command -v dig >/dev/null || { echo 'named or dig is missing: apt-get install bind9 bind9-dnsutils' >&2; exit 1; }
            cp "$program" '%1$s/named' && '%1$s/named' -c '%1$s/named.conf'
            """
                .formatted(folder));
    started.succeeded();
  }

  @Override
  public void close() {
    lab.exec("sh", "-c", "kill $(cat '%s/named.pid')".formatted(folder)).succeeded();
    Wait.until(
        "BIND has ended",
        PATIENCE,
        () -> !Files.exists(folder.resolve("named.pid")),
        () -> "named.pid is still there");
  }
}
