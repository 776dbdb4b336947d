package starbase.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Schematics, as the Image Factory knows them: an image can be had of those only. */
public final class Schematics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Web web;
  private final Cache cache;

  /**
   * @param cache where it is kept that a factory has said yes
   */
  public Schematics(Web web, Cache cache) {
    this.web = web;
    this.cache = cache;
  }

  /**
   * Tells the factory of a schematic. A factory never forgets one, so one that has said yes before
   * need not be there.
   *
   * @param factory where it takes them
   * @param id what we take for the factory's name of it
   * @throws RunException if the factory can't be asked, or calls it something else: then the
   *     address of the image, which is made of that name, would be that of another image
   */
  public void announce(URI factory, String yaml, String id) {
    var known = "schematics/" + Digest.of((factory + " " + id).getBytes(StandardCharsets.UTF_8));
    var body = yaml.getBytes(StandardCharsets.UTF_8);
    byte[] answer;
    try {
      answer = web.post(factory, body);
    } catch (RunException e) {
      if (cache.read(known).isPresent()) {
        return;
      }
      throw e;
    }
    var its = id(factory, answer);
    if (!its.equals(id)) {
      throw new RunException(
          "%s calls the schematic of starbase:proxmox.image %s, and not %s as expected: it reads it in another way, so there is no image to be had that is known to be the right one"
              .formatted(factory, its, id));
    }
    cache.keep(known, body);
  }

  private static String id(URI factory, byte[] answer) {
    try {
      return JSON.readTree(answer).path("id").asText();
    } catch (JsonProcessingException e) {
      throw new RunException(
          "%s is no Image Factory: it answered something else than JSON; check starbase:proxmox.image.factory"
              .formatted(factory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
