package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.SecretPatch;
import com.pulumi.kubernetes.core.v1.SecretPatchArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaPatchArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import starbase.net.DnsLabel;

/**
 * A text that is public and stands in a secret that somebody else makes, as a certificate does.
 *
 * <p>By a patch that sets one annotation: a patch hands back the whole object. The SDK's own way to
 * read (an id among the options) makes an object of that kind in a preview in which the id is not
 * known yet.
 */
public final class SecretText {
  private static final String ANNOTATION = "starbase/read";

  private SecretText() {}

  /**
   * The text, decoded and no secret; empty if the secret has no such key.
   *
   * @param key its key in the secret
   */
  public static Output<String> create(
      String resourceName,
      DnsLabel namespace,
      DnsLabel name,
      String key,
      CustomResourceOptions options) {
    var patch =
        new SecretPatch(
            resourceName,
            SecretPatchArgs.builder()
                .metadata(
                    ObjectMetaPatchArgs.builder()
                        .namespace(namespace.text())
                        .name(name.text())
                        .annotations(Map.of(ANNOTATION, key))
                        .build())
                .build(),
            options);
    return patch.data().applyValue(data -> decoded(data, key)).asPlaintext();
  }

  private static String decoded(Optional<Map<String, String>> data, String key) {
    return data.map(its -> its.get(key))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .orElse("");
  }
}
