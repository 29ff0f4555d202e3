package io.twoarm.model.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twoarm.model.Finding;
import io.twoarm.model.RandomTopologies;
import io.twoarm.model.Topology;
import io.twoarm.templates.StarterTopologies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the JSON Schema and the reader together. */
class TopologySchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FILE = Path.of("topology.yaml");
    private static final String SCHEMA_TEXT = schemaText();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA_TEXT, InputFormat.JSON);

    /** The starter, with everything in it that the format knows and the starter does without. */
    private static final String COMPLETE = StarterTopologies.named("two-arm-fullnat")
            .orElseThrow()
            .topology()
            .replaceAll("(?s)\n  rs2:.*?\n\n", "\n")
            .replaceAll("\n      - \\{ host: rs2.*", "")
            .replace("[192.168.229.0/24] }", "[192.168.229.0/24], mtu: 1500 }")
            .replace(
                    "    kind: bundled\n",
                    "    kind: bundled\n    ssh: { address: 192.0.2.10, port: 22, user: root }\n")
            .replace("kind: bundled\n", "kind: bundled\n    release: v1.10\n")
            .replace("    dataplane: { workers: 1, memory: 512 MiB, hugepages: false }\n", """
                        dataplane:
                          workers: 1
                          memory: 512 MiB
                          hugepages: false
                          nat64:
                            prefix: "64:ff9b::/96"
                            pool: 203.0.113.64/28
                            filtering: address
                            mostBindings: 4096
                            mostSessions: 8192
                            udpTimeout: 2m
                            icmpTimeout: 1m
                            tcpTimeout: 3h
                            tcpTransitoryTimeout: 4m
                            bindings:
                              - { address: 203.0.113.65, port: 80, protocol: tcp, host: "2001:db8::1", hostPort: 8080 }
                          siit:
                            prefix: "2001:db8:64::/96"
                            mappings:
                              - { ipv4: 192.0.2.0/28, ipv6: "2001:db8:1::10/124" }
                    """)
            .replace(
                    "      dpdk2: {",
                    "      dpdk4:\n"
                            + "        segment: lan\n"
                            + "        bond: { mode: 4, members: [\"pci:0000:3b:00.0\"] }\n"
                            + "        kernelAddresses: [192.168.229.9/24]\n"
                            + "      dpdk2: {")
            .replace("virtualServices:\n", """
                    directorGroups:
                      pair:
                        type: vrrp
                        members: [director]
                        advertInterval: 1s
                        preempt: true
                        password: secret
                        instances:
                          wan: { port: dpdk2, family: ipv4, virtualRouterId: 51, addresses: [10.0.96.9] }
                      cluster:
                        type: ecmp
                        members: [director]
                        autonomousSystem: 65001
                        daemon: frr
                        bfd: true
                        peers:
                          - { router: gateway, autonomousSystem: 65000 }
                    natGateways:
                      out:
                        director: director
                        port: dpdk2
                        addresses: [10.0.96.9]
                        sources: [192.168.229.0/24]
                        endpointIndependent: address_port
                    virtualServices:
                    """)
            .replace("realserverPools:\n", "realserverPools:\n  plain:\n    check: { type: none }\n    members: []\n");

    @Test
    void schemaAndReaderHaveTheSameKeys() {
        JsonNode definitions = JSON.readTree(SCHEMA_TEXT).get("$defs");
        for (Shape shape : EnumSet.complementOf(EnumSet.of(Shape.LAYOUT, Shape.POSITION, Shape.LINK))) {
            JsonNode definition = definitions.get(definitionName(shape));
            assertThat(definition).as("$defs has %s", definitionName(shape)).isNotNull();
            assertThat(definition.get("properties").propertyNames())
                    .as("keys of %s", shape)
                    .containsExactlyInAnyOrderElementsOf(shape.keys());
            List<String> required = new ArrayList<>();
            definition.get("required").forEach(key -> required.add(key.asString()));
            assertThat(required)
                    .as("required keys of %s", shape)
                    .containsExactlyInAnyOrderElementsOf(shape.required().keySet());
            assertThat(definition.get("additionalProperties").asBoolean()).isFalse();
        }
    }

    @Test
    void everyPropertyIsDescribed() {
        JsonNode definitions = JSON.readTree(SCHEMA_TEXT).get("$defs");
        for (Shape shape : EnumSet.complementOf(EnumSet.of(Shape.LAYOUT, Shape.POSITION, Shape.LINK))) {
            for (Map.Entry<String, JsonNode> property :
                    definitions.get(definitionName(shape)).get("properties").properties()) {
                JsonNode description = property.getValue().has("$ref")
                                && !property.getValue().has("description")
                        ? definitions.at(
                                property.getValue().get("$ref").asString().replace("#/$defs", "") + "/description")
                        : property.getValue().path("description");
                assertThat(description.asString(""))
                        .as("%s.%s", shape, property.getKey())
                        .endsWith(".");
            }
        }
    }

    @Test
    void theSchemaTakesWhatTheWriterWrites() {
        for (int seed = 0; seed < 100; seed++) {
            Topology topology = new RandomTopologies(seed).next();
            assertThat(schemaErrors(tree(ProjectWriter.format(topology))))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void whateverIsBrokenInADocumentSchemaAndReaderAgree() {
        JsonNode complete = tree(COMPLETE);
        assertThat(schemaErrors(complete)).isEmpty();
        assertThat(readerErrors(complete)).isEmpty();

        List<JsonNode> documents = new ArrayList<>();
        breakEachPart(complete, complete, "", documents);

        List<String> disagreements = new ArrayList<>();
        int good = 0;
        for (JsonNode document : documents) {
            List<Finding> findings = readerErrors(document);
            Collection<Error> errors = schemaErrors(document);
            good += findings.isEmpty() ? 1 : 0;
            if (findings.isEmpty() != errors.isEmpty()) {
                disagreements.add("reader: " + findings + "\nschema: " + errors + "\n" + document);
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(good).as("documents that are still good").isBetween(100, documents.size() / 2);
    }

    /** Adds documents in which one part is removed, or replaced by values of every kind, or has an unknown key. */
    private static void breakEachPart(JsonNode document, JsonNode part, String pointer, List<JsonNode> documents) {
        if (!pointer.isEmpty()) {
            for (String value : List.of(
                    "null",
                    "true",
                    "0",
                    "1",
                    "-1",
                    "70000",
                    "1.5",
                    "\"\"",
                    "\"x\"",
                    "\"a b\"",
                    "\"-x\"",
                    "\"tcp\"",
                    "\"default\"",
                    "\"10.0.0.0/8\"",
                    "\"10.0.0.1\"",
                    "\"2001:db8::1\"",
                    "\"5s\"",
                    "\"1 GiB\"",
                    "[]",
                    "{}",
                    "[{}]",
                    "[\"x\"]",
                    "[1]",
                    "{\"x\":{}}",
                    "{\"a b\":{}}")) {
                documents.add(with(document, pointer, JSON.readTree(value)));
            }
            documents.add(without(document, pointer));
        }
        if (part instanceof ObjectNode object) {
            ObjectNode extended = object.deepCopy();
            extended.put("unknown", 1);
            documents.add(pointer.isEmpty() ? extended : with(document, pointer, extended));
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                breakEachPart(document, property.getValue(), pointer + "/" + property.getKey(), documents);
            }
        }
        if (part instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                breakEachPart(document, array.get(i), pointer + "/" + i, documents);
            }
        }
    }

    private static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        JsonNode copy = document.deepCopy();
        String key = pointer.substring(pointer.lastIndexOf('/') + 1);
        switch (copy.at(pointer.substring(0, pointer.lastIndexOf('/')))) {
            case ObjectNode object -> object.set(key, value);
            case ArrayNode array -> array.set(Integer.parseInt(key), value);
            default -> throw new IllegalStateException(pointer);
        }
        return copy;
    }

    private static JsonNode without(JsonNode document, String pointer) {
        JsonNode copy = document.deepCopy();
        String key = pointer.substring(pointer.lastIndexOf('/') + 1);
        switch (copy.at(pointer.substring(0, pointer.lastIndexOf('/')))) {
            case ObjectNode object -> object.remove(key);
            case ArrayNode array -> array.remove(Integer.parseInt(key));
            default -> throw new IllegalStateException(pointer);
        }
        return copy;
    }

    private static Collection<Error> schemaErrors(JsonNode document) {
        return SCHEMA.validate(document);
    }

    /** JSON is YAML, so the reader takes the document as it is. */
    private static List<Finding> readerErrors(JsonNode document) {
        return ProjectReader.readText(document.toString(), FILE).findings();
    }

    private static JsonNode tree(String yaml) {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static String definitionName(Shape shape) {
        return switch (shape) {
            case NO_CHECK -> "noCheck";
            case TCP_CHECK -> "tcpCheck";
            default -> {
                String[] words = shape.name().toLowerCase(Locale.ROOT).split("_", -1);
                yield words[0]
                        + Arrays.stream(words)
                                .skip(1)
                                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                                .reduce("", String::concat);
            }
        };
    }

    private static String schemaText() {
        try (InputStream in = Topology.class.getResourceAsStream("topology.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
