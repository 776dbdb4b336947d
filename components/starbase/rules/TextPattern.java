package starbase.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The form of a value that is written as one text: the JSON Schema says it to editors. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TextPattern {
  /** A regular expression for all of the text, in what Java's and JavaScript's have in common. */
  String value();

  /** Such a text, for messages. */
  String example();
}
