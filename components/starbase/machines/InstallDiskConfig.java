package starbase.machines;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import starbase.rules.Rules;

/**
 * The disk to install Talos on: a path, or properties that select one of the machine's disks.
 *
 * @param path a path such as /dev/nvme0n1, without other keys
 * @param size a comparison with the size, such as "&gt;= 100GB"
 * @param model the model as talosctl get disks shows it; * matches any text
 * @param serial the serial number, in the same form
 * @param wwid the WWID, in the same form
 * @param busPath the bus path, in the same form
 * @param type the type: ssd, hdd, nvme or sd
 */
public record InstallDiskConfig(
    Optional<String> path,
    Optional<String> size,
    Optional<String> model,
    Optional<String> serial,
    Optional<String> wwid,
    Optional<String> busPath,
    Optional<String> type) {
  /** Source: github.com/siderolabs/talos v1.13, InstallDiskSizeMatcher. */
  private static final Pattern SIZE =
      Pattern.compile("(<=|>=|==|<|>)? ?\\d+(\\.\\d+)? ?([KMGTP]i?)?B?");

  private static final Pattern TYPE = Pattern.compile("ssd|hdd|nvme|sd");

  /**
   * @throws IllegalArgumentException if nothing is said, or a path and more, or a value has not the
   *     form that Talos asks for
   */
  public InstallDiskConfig {
    long selectors =
        Stream.of(size, model, serial, wwid, busPath, type).filter(Optional::isPresent).count();
    new Rules()
        .require(
            path.isPresent() ? selectors == 0 : selectors > 0,
            "",
            path.isPresent() ? "has both path and a selector" : "is empty",
            "path alone, or one or more of size, model, serial, wwid, busPath and type")
        .require(
            path.map(text -> text.startsWith("/dev/")).orElse(true),
            "path",
            "is not the path of a disk",
            "a path below /dev, such as /dev/nvme0n1")
        .require(
            size.map(text -> SIZE.matcher(text).matches()).orElse(true),
            "size",
            "is not a comparison with a size",
            "a comparison such as \">= 100GB\" or \"<= 2TB\"")
        .require(
            type.map(text -> TYPE.matcher(text).matches()).orElse(true),
            "type",
            "is not a disk type",
            "ssd, hdd, nvme or sd")
        .enforce();
  }

  /** What tells the disk from others, by Talos' names of it; empty with a path. */
  public Map<String, String> selector() {
    var selector = new LinkedHashMap<String, String>();
    size.ifPresent(its -> selector.put("size", its));
    model.ifPresent(its -> selector.put("model", its));
    serial.ifPresent(its -> selector.put("serial", its));
    wwid.ifPresent(its -> selector.put("wwid", its));
    busPath.ifPresent(its -> selector.put("busPath", its));
    type.ifPresent(its -> selector.put("type", its));
    return selector;
  }
}
