package starbase.preflight;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import starbase.net.Address;

/**
 * Opens TCP connections, then reads the kernel's ARP table: even a machine with a firewall answers
 * ARP. Needs no privileges.
 */
public final class LanProber implements Prober {
  /** Talos, Kubernetes, SSH, web servers, file servers, Proxmox. */
  private static final List<Integer> PORTS = List.of(50000, 6443, 22, 80, 443, 445, 8006);

  private static final int TIMEOUT_MILLIS = 1000;

  /**
   * A line of Linux's table: address, type, flags (bit 2: complete), MAC. Source: man 5 proc,
   * /proc/net/arp.
   */
  private static final Pattern ARP = Pattern.compile("(?m)^(\\S+) +0x\\S+ +0x(\\S+) +(\\S+)");

  private static final int COMPLETE = 2;

  private final List<Integer> ports;
  private final Path arp;

  /** Looks at the LAN of this computer. */
  public LanProber() {
    this(PORTS, Path.of("/proc/net/arp"));
  }

  /**
   * @param arp the kernel's table; macOS has no such file
   */
  LanProber(List<Integer> ports, Path arp) {
    this.ports = ports;
    this.arp = arp;
  }

  @Override
  public Map<Address, Presence> look(Set<Address> addresses) {
    // An entry from before may be of a machine that is gone by now.
    var before = neighbours();
    var answering = answering(addresses);
    var after = neighbours();
    var seen = new HashMap<Address, Presence>();
    for (var address : addresses) {
      var listed = after.contains(address.toString());
      if (listed && (answering.contains(address) || !before.contains(address.toString()))) {
        seen.put(address, Presence.ON_LAN);
      } else if (answering.contains(address)) {
        seen.put(address, Presence.ANSWERS);
      }
    }
    return seen;
  }

  private Set<Address> answering(Set<Address> addresses) {
    var attempts = new ArrayList<Callable<Optional<Address>>>();
    for (var address : addresses) {
      for (var port : ports) {
        attempts.add(() -> answers(address, port) ? Optional.of(address) : Optional.empty());
      }
    }
    var threads = Executors.newCachedThreadPool();
    try {
      var found = new HashSet<Address>();
      for (var attempt : threads.invokeAll(attempts)) {
        attempt.get().ifPresent(found::add);
      }
      return found;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while looking at the LAN");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whoever refuses a connection is there too. */
  private static boolean answers(Address address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.toString(), port), TIMEOUT_MILLIS);
      return true;
    } catch (NoRouteToHostException e) {
      return false;
    } catch (ConnectException e) {
      return String.valueOf(e.getMessage()).contains("refused");
    } catch (IOException e) {
      return false;
    }
  }

  private Set<String> neighbours() {
    var complete = new HashSet<String>();
    try {
      var lines = ARP.matcher(Files.exists(arp) ? Files.readString(arp) : "");
      while (lines.find()) {
        if ((Integer.parseInt(lines.group(2), 16) & COMPLETE) != 0
            && !lines.group(3).equals("00:00:00:00:00:00")) {
          complete.add(lines.group(1));
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return complete;
  }
}
