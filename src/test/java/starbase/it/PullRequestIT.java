package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What reviewers are told about a pull request. The lab of all others can't be used: a preview with
 * {@code --base} brings up one of its own, as of a commit, and ends it. Both pull requests here
 * have the same base, so that the first leaves its lab to the second. Its cluster is there already:
 * that a lost machine is warned of as well is for {@code ReportTest} to prove.
 */
@Order(4)
class PullRequestIT {
  private static final String TABLE_ROW = "\\| (create|update|replace|delete) \\|.*";

  private final Project project = Project.fresh("pull-request");

  @Test
  void reviewersReadExactlyWhatChangesAndAreWarnedOfLossesAndTheLabEndsWithThePreview() {
    base();

    project.edit(file -> file.replace("- app.starbasestudio.uk", "- shop.starbasestudio.uk"));
    var hostname = project.lab("preview", "--base", "main", "--keep").succeeded().out();
    assertThat(changes(hostname))
        .containsExactly(
            "| update | HTTPRoute `app-x/app-x` | `spec.hostnames[0]` | `app.starbasestudio.uk` | `shop.starbasestudio.uk` |");
    assertThat(hostname)
        .contains("1 to update.\n", "### apps\n", "Topology, before and after")
        .doesNotContain("[!CAUTION]");

    asItWas();
    project.edit(PullRequestIT::withoutACertificate);
    project.edit(file -> file.replace("address: 192.168.1.102", "address: 192.168.1.104"));
    var losses = project.lab("preview", "--base", "main").succeeded().out();
    assertThat(losses.lines().filter(line -> line.startsWith("> ")))
        .satisfiesExactly(
            head -> assertThat(head).isEqualTo("> [!CAUTION]"),
            address ->
                assertThat(address)
                    .contains(
                        "`gateway/gateway-external` changes its **address**, `192.168.1.102` → `192.168.1.104`"),
            certificate ->
                assertThat(certificate)
                    .contains("Certificate `gateway/argocd-tls-secret` is **deleted**"));

    assertThat(git("worktree", "list").out().lines()).hasSize(1);
  }

  private void base() {
    git("init", "--quiet", "--initial-branch=main");
    asItWas();
    git("add", "--all");
    git(
        "-c",
        "user.name=test",
        "-c",
        "user.email=test@starbase.example",
        "commit",
        "--quiet",
        "--allow-empty",
        "--message=base");
  }

  private void asItWas() {
    project.restore();
    project.edit(ExistingCluster::of);
  }

  private static String withoutACertificate(String file) {
    return file.replace("certificate: argocd-tls-secret", "certificate: cert-starbase")
        .replaceAll("(?s)      argocd-tls-secret:\n.*?(?=  starbase:gateways:)", "");
  }

  private static List<String> changes(String comment) {
    return comment.lines().filter(line -> line.matches(TABLE_ROW)).toList();
  }

  private Outcome git(String... words) {
    var command = Stream.concat(Stream.of("git"), Arrays.stream(words)).toList();
    return Command.run(project.folder(), Map.of(), command).succeeded();
  }
}
