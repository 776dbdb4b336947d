package starbase;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import java.nio.file.Path;
import java.util.logging.LogManager;
import starbase.cli.Cli;
import starbase.fetch.Cache;
import starbase.fetch.Charts;
import starbase.fetch.Manifests;
import starbase.fetch.Web;

/** Run by Pulumi, without arguments: builds the lab. Run by people: the commands of {@link Cli}. */
public final class Main {
  private Main() {}

  /**
   * @param arguments none, or a command and its own
   */
  public static void main(String[] arguments) {
    // First of all: the SDK's runner never ends on two cores with JDK 25 otherwise
    // (pulumi-java#2270).
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
    // Else every error is printed a second time, by Java's default logging.
    LogManager.getLogManager().reset();
    if (arguments.length > 0) {
      System.exit(Cli.run(arguments));
    }
    Pulumi.run(Main::stack);
  }

  private static void stack(Context context) {
    Calm.theRunner();
    var checked = StackConfig.ofPulumi(System.getenv().getOrDefault("PULUMI_CONFIG", "{}"));
    var config = checked.lab();
    checked.warnings().forEach(warning -> context.log().warn(warning.text()));
    var web = new Web();
    var cache = Cache.ofUser(System.getenv(), Path.of(System.getProperty("user.home")));
    var sources =
        Sources.fetch(
            config,
            new Charts(web, cache, Path.of("").toAbsolutePath()),
            new Manifests(web, cache));
    Lab.build(config, sources).forEach(context::export);
  }
}
