package starbase.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Registers schematics with the Image Factory, which serves images of registered schematics only.
 * The factory builds an image on the first request, which may take minutes. A Proxmox host gives up
 * after half a minute, and a machine that pulls an installer soon after that.
 */
public final class Schematics {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Web web;
  private final Cache cache;
  private final Duration patience;
  private final Duration beat;

  /**
   * @param cache where it is kept that a factory has said yes
   */
  public Schematics(Web web, Cache cache) {
    this(web, cache, PATIENCE, Duration.ofSeconds(30));
  }

  Schematics(Web web, Cache cache, Duration patience, Duration beat) {
    this.web = web;
    this.cache = cache;
    this.patience = patience;
    this.beat = beat;
  }

  /**
   * Tells the factory of a schematic. A factory never forgets one, so one that has said yes before
   * need not be there.
   *
   * @param factory where it takes them
   * @param id what we take for the factory's name of it
   * @return true if the factory answered; false if it is unreachable but has confirmed the
   *     schematic before
   * @throws RunException if the factory can't be asked, or calls it something else: then the
   *     address of the image, which is made of that name, would be that of another image
   */
  public boolean announce(URI factory, String yaml, String id) {
    var known = "schematics/" + Digest.of((factory + " " + id).getBytes(StandardCharsets.UTF_8));
    var body = yaml.getBytes(StandardCharsets.UTF_8);
    byte[] answer;
    try {
      answer = web.post(factory, body);
    } catch (RunException e) {
      if (cache.read(known).isPresent()) {
        return false;
      }
      throw e;
    }
    var its = id(factory, answer);
    if (!its.equals(id)) {
      throw new RunException(
          "%s names the schematic of starbase:proxmox.image %s, not %s as expected, so its image may not be the one that was asked for; check starbase:proxmox.image.factory"
              .formatted(factory, its, id));
    }
    cache.keep(known, body);
    return true;
  }

  /**
   * Asks for what the factory makes, all at the same time, until it has made it.
   *
   * @param products addresses of images, and of manifests of container images
   * @param progress takes a line each half minute
   * @throws RunException if the factory says that there is no such thing
   */
  public void await(List<URI> products, Consumer<String> progress) {
    var begun = Instant.now();
    var answers = new LinkedHashMap<URI, CompletableFuture<Optional<Integer>>>();
    // Threads of its own: the SDK's runner counts those of the common pool.
    var threads = Executors.newCachedThreadPool();
    try {
      products.forEach(
          product ->
              answers.put(
                  product,
                  CompletableFuture.supplyAsync(() -> web.head(product, patience), threads)));
      answers.forEach((product, answer) -> made(product, answer, begun, progress));
    } finally {
      threads.shutdownNow();
    }
  }

  private void made(
      URI product,
      CompletableFuture<Optional<Integer>> answer,
      Instant begun,
      Consumer<String> progress) {
    while (true) {
      try {
        var status = answer.get(beat.toMillis(), TimeUnit.MILLISECONDS);
        if (status.filter(code -> code == 404).isPresent()) {
          throw new RunException(
              "%s answered 404: the factory has no such version of Talos, or no such extension for it; check starbase:cluster.plan.talos and starbase:proxmox.image.extensions"
                  .formatted(product));
        }
        if (status.filter(code -> code < 400).isEmpty()) {
          progress.accept(
              "%s: %s; continuing, because the hosts may reach it"
                  .formatted(product, status.map(code -> "answered " + code).orElse("no answer")));
        }
        return;
      } catch (TimeoutException e) {
        progress.accept(
            "waiting for the Image Factory to make %s (%d s of up to %d)"
                .formatted(
                    product,
                    Duration.between(begun, Instant.now()).toSeconds(),
                    patience.toSeconds()));
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunException("interrupted while waiting for " + product);
      }
    }
  }

  private static String id(URI factory, byte[] answer) {
    try {
      return JSON.readTree(answer).path("id").asText();
    } catch (JsonProcessingException e) {
      throw new RunException(
          "%s is not an Image Factory: it sent a response that is not JSON; check starbase:proxmox.image.factory"
              .formatted(factory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
