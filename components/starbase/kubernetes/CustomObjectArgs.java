package starbase.kubernetes;

import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;

/**
 * The inputs of a {@link CustomObject}: every top-level field of its manifest.
 *
 * <p>The SDK reads inputs from annotated fields of a class and knows no other way, and what fields
 * an object has depends on its kind ({@code spec}, {@code data}, {@code rules} …). So a class with
 * these fields is made at run time, as Pulumi's own Kubernetes SDK for Java does.
 */
final class CustomObjectArgs {
  private CustomObjectArgs() {}

  /** The inputs for an object; its status is no wish of ours and stays out. */
  static ResourceArgs of(Manifest manifest) {
    var shape = new ByteBuddy().subclass(ResourceArgs.class);
    for (var field : manifest.tree().entrySet()) {
      if (!field.getKey().equals("status")) {
        shape =
            shape
                .defineField(field.getKey(), type(field.getValue()), Modifier.PUBLIC)
                .annotateField(
                    AnnotationDescription.Builder.ofType(Import.class)
                        .define("name", field.getKey())
                        .build());
      }
    }
    try (var made = shape.make()) {
      var args =
          made.load(ResourceArgs.class.getClassLoader())
              .getLoaded()
              .getDeclaredConstructor()
              .newInstance();
      for (var field : args.getClass().getDeclaredFields()) {
        field.set(args, manifest.tree().get(field.getName()));
      }
      return args;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no inputs for " + manifest.kind(), e);
    }
  }

  private static Class<?> type(Object value) {
    if (value instanceof Map) {
      return Map.class;
    }
    return value instanceof List ? List.class : value.getClass();
  }
}
