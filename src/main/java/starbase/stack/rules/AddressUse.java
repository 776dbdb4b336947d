package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import starbase.net.Address;

/**
 * An address and who has it.
 *
 * @param key where it is given
 * @param address the address
 * @param announced whether it is taken from the pool and announced, and not a machine's own
 */
record AddressUse(String key, Address address, boolean announced) {
  /** Every address of the plan, machines first: what is there already is not at fault. */
  static List<AddressUse> all(LabView plan) {
    var uses = new ArrayList<AddressUse>();
    plan.draft()
        .network()
        .ifPresent(
            network -> {
              uses.add(new AddressUse("starbase:network.router", network.router(), false));
              network
                  .hosts()
                  .orElse(Map.of())
                  .forEach(
                      (name, its) ->
                          uses.add(new AddressUse("starbase:network.hosts." + name, its, false)));
              uses.addAll(servers(network.dns().orElse(List.of()), uses));
            });
    plan.cluster()
        .ifPresent(
            cluster ->
                cluster
                    .vip()
                    .ifPresent(
                        vip -> uses.add(new AddressUse("starbase:cluster.plan.vip", vip, false))));
    plan.machines()
        .forEach(
            (name, its) ->
                uses.add(
                    new AddressUse(
                        MachineRules.KEY + "." + name + ".address", its.address(), false)));
    uses.addAll(announced(plan));
    return uses;
  }

  /** The addresses of Gateways and Services. */
  static List<AddressUse> announced(LabView plan) {
    var uses = new ArrayList<AddressUse>();
    plan.gateways()
        .forEach(
            (name, its) ->
                its.exposed()
                    .asked()
                    .ifPresent(
                        address ->
                            uses.add(
                                new AddressUse(
                                    its.address().isPresent()
                                        ? "starbase:gateways.%s.address".formatted(name)
                                        : "starbase:gateways.%s.exposure.address".formatted(name),
                                    address,
                                    true))));
    plan.apps()
        .forEach(
            (name, its) ->
                its.service()
                    .address()
                    .ifPresent(
                        address ->
                            uses.add(
                                new AddressUse(
                                    "starbase:apps.%s.service.address".formatted(name),
                                    address,
                                    true))));
    return uses;
  }

  /** The router or a host may well be the DNS server: that is one machine, not two. */
  private static List<AddressUse> servers(List<Address> dns, List<AddressUse> machines) {
    var uses = new ArrayList<AddressUse>();
    for (int i = 0; i < dns.size(); i++) {
      var address = dns.get(i);
      if (machines.stream().noneMatch(machine -> machine.address().equals(address))) {
        uses.add(new AddressUse("starbase:network.dns[" + i + "]", address, false));
      }
    }
    return uses;
  }
}
