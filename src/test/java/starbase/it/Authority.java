package starbase.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A public authority as the world has them: Pebble, Let's Encrypt's small ACME server for tests,
 * and BIND, which has the zone and lets whoever has the key write it. Both run on a machine of the
 * LAN that knows the way back to pods: the router knows none, and nobody masquerades them here, as
 * the real Cilium does.
 *
 * @param lab where they run
 * @param folder what they read and write
 */
record Authority(VirtualLab.Running lab, Path folder) implements AutoCloseable {
  static final String ZONE = "platform.example";
  static final String ADDRESS = "192.168.1.11";
  private static final String MACHINE = "cp1";

  /** For whoever knows it: names of the LAN are the router's. */
  static final int DNS = 5353;

  static final String DIRECTORY = "https://%s:14000/dir".formatted(ADDRESS);

  /** A key of 256 bits, in Base64. */
  static final String KEY = "c3RhcmJhc2UncyBrZXkgZm9yIHRlc3RzLCBub3Qgc2U=";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String NAMED =
      """
      options {
        directory "%1$s";
        pid-file "%1$s/named.pid";
        lock-file none;
        session-keyfile none;
        listen-on port %2$d { %3$s; };
        listen-on-v6 { none; };
        recursion no;
        dnssec-validation no;
      };
      controls { };
      key starbase { algorithm hmac-sha256; secret "%4$s"; };
      zone "%5$s" { type primary; file "zone"; allow-update { key starbase; }; };
      """;

  private static final String ZONE_FILE =
      """
      $ORIGIN platform.example.
      $TTL 1
      @ IN SOA ns hostmaster 1 3600 600 86400 1
      @ IN NS ns
      ns IN A 192.168.1.11
      """;

  private static final String PEBBLE =
      """
      {"pebble": {"listenAddress": "%1$s:14000", "managementListenAddress": "%1$s:15000",
       "certificate": "%2$s/server.pem", "privateKey": "%2$s/server.key",
       "httpPort": 5002, "tlsPort": 5001, "ocspResponderURL": ""}}
      """;

  static Authority start(VirtualLab.Running lab) {
    try {
      var folder = Files.createDirectories(lab.project().folder().resolve("authority"));
      Files.writeString(folder.resolve("zone"), ZONE_FILE);
      Files.writeString(
          folder.resolve("named.conf"), NAMED.formatted(folder, DNS, ADDRESS, KEY, ZONE));
      Files.writeString(folder.resolve("pebble.json"), PEBBLE.formatted(ADDRESS, folder));
      var authority = new Authority(lab, folder);
      authority.run();
      Wait.until(
          "Pebble and BIND answer",
          PATIENCE,
          () -> authority.ask().exitCode() == 0,
          () -> authority.ask().all());
      return authority;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome ask() {
    return lab.exec(
        "sh",
        "-c",
        """
        curl --silent --fail --cacert '%1$s/server.pem' %2$s || { cat '%1$s/pebble.log' >&2; exit 1; }
        dig @%3$s -p %4$d +time=2 +tries=1 +short %5$s SOA | grep hostmaster
        """
            .formatted(folder, DIRECTORY, ADDRESS, DNS, ZONE));
  }

  /** The certificate of the server itself, in PEM. */
  String server() {
    return read(folder.resolve("server.pem"));
  }

  /** A file with the root that it signs with. */
  Path root() {
    var root = folder.resolve("root.pem");
    lab.exec(
            "sh",
            "-c",
            "curl --silent --fail --cacert '%1$s/server.pem' https://%2$s:15000/roots/0 >'%3$s'"
                .formatted(folder, ADDRESS, root))
        .succeeded();
    return root;
  }

  private void run() {
    var pebble = Path.of(System.getProperty("starbase.bin"), "pebble");
    lab.exec(
            "nsenter",
            "--net=/run/netns/node-" + MACHINE,
            "sh",
            "-c",
            """
            set -e
            PATH=$PATH:/usr/sbin
            program=$(command -v named) && command -v dig >/dev/null || { echo 'named or dig is missing: apt-get install bind9 bind9-dnsutils' >&2; exit 1; }
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=pebble -addext subjectAltName=IP:%3$s \
              -keyout '%1$s/server.key' -out '%1$s/server.pem' 2>/dev/null
            cp "$program" '%1$s/named'
            '%1$s/named' -c '%1$s/named.conf'
            PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 setsid '%2$s' -config '%1$s/pebble.json' -dnsserver %3$s:%4$d \
              >'%1$s/pebble.log' 2>&1 </dev/null &
            echo $! >'%1$s/pebble.pid'
            """
                .formatted(folder, pebble, ADDRESS, DNS))
        .succeeded();
  }

  @Override
  public void close() {
    lab.exec("sh", "-c", "kill $(cat '%1$s/named.pid') $(cat '%1$s/pebble.pid')".formatted(folder));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
