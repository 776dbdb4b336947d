package starbase.tools.doctor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows a request from its name to its answer. */
public final class Doctor {
  private final List<Step> steps;

  /**
   * @param lookup asks DNS
   * @param request sends the request itself
   */
  public Doctor(Lookup lookup, Request request) {
    this.steps =
        List.of(
            new DnsStep(lookup),
            new AddressStep(),
            new GatewayStep(),
            new ListenerStep(),
            new CertificateStep(),
            new RouteStep(),
            new ServiceStep(),
            new EndpointsStep(),
            new RequestStep(request));
  }

  /**
   * Looks at each step until one is broken.
   *
   * @param given an address to go to without asking DNS
   */
  public Diagnosis examine(
      RequestTarget target, ClusterObjects cluster, Optional<String> given, Clock clock) {
    var examination = Examination.of(target, cluster, given, clock.instant());
    var seen = new ArrayList<Diagnosis.Seen>();
    for (var step : steps) {
      var finding = step.examine(examination);
      seen.add(Diagnosis.Seen.of(step, finding));
      if (finding instanceof StepResult.Broken) {
        break;
      }
    }
    var rest = steps.subList(seen.size(), steps.size()).stream().map(Step::name).toList();
    return new Diagnosis(target, List.copyOf(seen), rest);
  }
}
