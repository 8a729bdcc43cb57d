package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerSpec;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.quarkus.runtime.configuration.DurationConverter;
import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manifests against what the application does by default. That Knative takes them is {@code tools/knative-validate}'s to say. */
class ManifestTest {
    private static final Path FOLDER = Path.of("knative");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** How long queue-proxy waits for quiet before the application is told to stop. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private Service service;
    private RevisionSpec revision;
    private Container container;
    private Map<String, String> environment;
    private UtterConfig defaults;

    @BeforeEach
    void read() throws IOException {
        service = YAML.readValue(FOLDER.resolve("base/service.yaml").toFile(), Service.class);
        revision = service.getSpec().getTemplate().getSpec();
        container = revision.getContainers().getFirst();
        environment = container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        defaults = StandaloneConfig.read();
    }

    @Test
    void nothingIsMisspelt() {
        JsonNode typed = YAML.valueToTree(service);
        assertEquals(Map.of(), service.getSpec().getTemplate().getAdditionalProperties());
        assertEquals(Map.of(), revision.getAdditionalProperties());
        assertEquals(Map.of(), container.getAdditionalProperties());
        assertEquals("utter", typed.at("/metadata/name").asText());
    }

    @Test
    void aPodTakesWhatOneBatchHolds() {
        assertEquals(defaults.engine().slots(), revision.getContainerConcurrency());
        assertEquals(revision.getContainerConcurrency().toString(), environment.get("UTTER_ENGINE_SLOTS"));
    }

    /** Knative would end a stream as if it were whole, and kill a pod that is still speaking. */
    @Test
    void weGiveUpBeforeKnativeDoes() {
        Duration timeout = Duration.ofSeconds(revision.getTimeoutSeconds());
        Duration request = DurationConverter.parseDuration(environment.get("UTTER_LIMITS_REQUEST_TIMEOUT"));
        Duration drain = DurationConverter.parseDuration(environment.get("UTTER_DRAIN_TIMEOUT"));
        assertEquals(defaults.limits().requestTimeout(), request);
        assertEquals(defaults.drainTimeout(), drain);
        assertTrue(request.compareTo(timeout) < 0, request + " and " + timeout);
        assertTrue(drain.plus(QUIET).compareTo(timeout) <= 0, drain + " after " + QUIET + " of quiet, and " + timeout);
        assertTrue(revision.getResponseStartTimeoutSeconds() <= revision.getTimeoutSeconds());
        assertNull(revision.getIdleTimeoutSeconds(), "it fires while a caller waits for the first byte, too");
    }

    @Test
    void autoscalingIsAskedForWhereKnativeLooksForIt() {
        assertTrue(service.getMetadata().getAnnotations().keySet().stream().noneMatch(name -> name.startsWith("autoscaling.")));
        Map<String, String> annotations = service.getSpec().getTemplate().getMetadata().getAnnotations();
        assertEquals("0", annotations.get("autoscaling.knative.dev/min-scale"));
        assertEquals("concurrency", annotations.get("autoscaling.knative.dev/metric"));
    }

    @Test
    void probesAskThePortThatServes() {
        int port = container.getPorts().getFirst().getContainerPort();
        Map<String, Probe> probes = Map.of("/q/health/started", container.getStartupProbe(), "/q/health/ready", container.getReadinessProbe(),
                "/q/health/live", container.getLivenessProbe());
        probes.forEach((path, probe) -> {
            assertEquals(path, probe.getHttpGet().getPath());
            assertEquals(port, probe.getHttpGet().getPort().getIntVal());
        });
        assertNull(container.getReadinessProbe().getPeriodSeconds(), "without a period it is asked every 50 ms");
    }

    @Test
    void theContainerMayDoNothingButServe() {
        assertTrue(container.getSecurityContext().getRunAsNonRoot());
        assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
        assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    }

    /** That Eventing takes it, nothing here can say; what it names is checked. */
    @Test
    void theTriggerLeadsFromARequestToAudio() throws IOException {
        try (MappingIterator<Trigger> read = YAML.readerFor(Trigger.class).readValues(FOLDER.resolve("eventing/trigger.yaml").toFile())) {
            List<TriggerSpec> triggers = read.readAll().stream().map(Trigger::getSpec).toList();
            assertEquals(List.of("dev.utter.speech.request", "dev.utter.speech.audio"),
                    triggers.stream().map(spec -> spec.getFilter().getAttributes().get("type")).toList());
            triggers.forEach(spec -> assertEquals(Map.of(), spec.getAdditionalProperties()));
            assertEquals(service.getMetadata().getName(), triggers.getFirst().getSubscriber().getRef().getName());
            assertEquals("/v1/audio/speech", triggers.getFirst().getSubscriber().getUri());
            assertEquals(Duration.ofSeconds(revision.getTimeoutSeconds()), Duration.parse(triggers.getFirst().getDelivery().getTimeout()));
        }
    }

    private static List<JsonNode> documents(String file) throws IOException {
        try (MappingIterator<JsonNode> read = YAML.readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
            return read.readAll();
        }
    }

    /** Engines are of what was imported, for the kind of node that the service runs on, and where the service looks for them. */
    @Test
    void theJobForEnginesImportsAsTheOtherOneAndThenBuildsOnACard() throws IOException {
        List<JsonNode> importing = documents("jobs/import.yaml");
        PersistentVolumeClaim claim = YAML.treeToValue(importing.getFirst(), PersistentVolumeClaim.class);
        Container imports = YAML.treeToValue(importing.getLast().at("/spec/template/spec"), PodSpec.class).getContainers().getFirst();
        PodSpec pod = YAML.treeToValue(documents("jobs/import-and-engines.yaml").getFirst().at("/spec/template/spec"), PodSpec.class);
        assertEquals(Map.of(), pod.getAdditionalProperties());
        assertEquals("Never", pod.getRestartPolicy());

        Container first = pod.getInitContainers().getFirst();
        assertEquals(imports.getArgs(), first.getArgs());
        assertEquals("fp16", first.getArgs().get(first.getArgs().indexOf("--precision") + 1), "there are no engines in fp32");

        Container builds = pod.getContainers().getFirst();
        assertEquals(Map.of(), builds.getAdditionalProperties());
        assertEquals(List.of("engines", "build", first.getArgs().get(first.getArgs().indexOf("--name") + 1)), builds.getArgs());
        assertEquals(first.getImage(), builds.getImage());
        assertEquals(new Quantity("1"), builds.getResources().getLimits().get("nvidia.com/gpu"));
        assertEquals(new Quantity("1"), builds.getResources().getRequests().get("nvidia.com/gpu"));
        JsonNode overlay = YAML.readTree(Files.readString(FOLDER.resolve("overlays/gpu/kustomization.yaml")));
        Map<String, JsonNode> patches = YAML.readTree(overlay.at("/patches/0/patch").asText()).valueStream()
                .collect(Collectors.toMap(patch -> patch.get("path").asText(), patch -> patch.get("value")));
        assertEquals(patches.get("/spec/template/spec/nodeSelector"), YAML.valueToTree(pod.getNodeSelector()));
        assertEquals(patches.get("/spec/template/spec/runtimeClassName").asText(), pod.getRuntimeClassName());
        assertEquals(patches.get("/spec/template/spec/tolerations"), YAML.valueToTree(pod.getTolerations()));

        for (Container each : List.of(first, builds)) {
            assertTrue(each.getVolumeMounts().stream().anyMatch(mount -> mount.getName().equals("models") && mount.getReadOnly() == null
                    && mount.getMountPath().equals(environment.get("UTTER_MODELS"))), each.getName());
            assertTrue(each.getSecurityContext().getReadOnlyRootFilesystem());
            assertEquals(List.of(new EnvVar("UTTER_MODELS", environment.get("UTTER_MODELS"), null)), each.getEnv(), "runs are as large as the service's");
        }
        assertEquals(claim.getMetadata().getName(), pod.getVolumes().stream().filter(volume -> volume.getName().equals("models")).findFirst().orElseThrow()
                .getPersistentVolumeClaim().getClaimName());
        for (String setting : List.of("UTTER_ENGINE_ACOUSTIC_BATCH", "UTTER_CARD_REPEATABLE")) {
            assertFalse(environment.containsKey(setting), setting + " says how large runs are: the job needs it, too");
        }
    }

    @Test
    void everyOverlayThatAsksForACardSaysSoToTheApplication() throws IOException {
        TreeSet<String> withCards = new TreeSet<>();
        try (Stream<Path> overlays = Files.list(FOLDER.resolve("overlays"))) {
            for (Path overlay : overlays.toList()) {
                String patch = Files.readString(overlay.resolve("kustomization.yaml"));
                boolean card = patch.contains("limits/nvidia.com~1gpu");
                assertEquals(card, patch.contains("{name: UTTER_DEVICE, value: cuda}"), overlay.toString());
                assertEquals(card, patch.contains("nodeSelector"), overlay.toString());
                if (card) {
                    withCards.add(overlay.getFileName().toString());
                }
            }
        }
        assertEquals(new TreeSet<>(List.of("aks", "eks", "gke", "gpu")), withCards);
    }
}
