import java.net.URL;
import javax.net.ssl.HttpsURLConnection;

/** Prints the status that the URL given as the argument answers with, certificates verified as everywhere in Java. */
class Ask {
  public static void main(String[] arguments) throws Exception {
    System.out.println(((HttpsURLConnection) new URL(arguments[0]).openConnection()).getResponseCode());
  }
}
