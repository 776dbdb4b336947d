package starbase.cli;

public final class Cli {
  private Cli() {}

  public static int run(String[] a) {
    return 0;
  }
}
