package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address with or without a port, as in {@code 10.0.96.204:80}, {@code [2001::201]:80} or {@code 10.0.96.204:http}.
 *
 * @param port empty when none was given
 */
record Endpoint(IpAddress address, Optional<Integer> port) {
    private static final Path PORT_NAMES = Path.of("/etc/services");

    /**
     * Reads an endpoint.
     *
     * @param protocol {@code tcp} or {@code udp}, for names of ports
     * @throws IllegalArgumentException for any other text
     */
    static Endpoint parse(String text, String protocol) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("\"" + text + "\" has no closing bracket");
            }
            String behind = text.substring(end + 1);
            if (!behind.isEmpty() && !behind.startsWith(":")) {
                throw new IllegalArgumentException("\"" + text + "\" has no colon behind its bracket");
            }
            return new Endpoint(
                    IpAddress.parse(text.substring(1, end)),
                    behind.isEmpty() ? Optional.empty() : Optional.of(port(behind.substring(1), protocol)));
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
            return new Endpoint(IpAddress.parse(text), Optional.empty());
        }
        return new Endpoint(
                IpAddress.parse(text.substring(0, colon)), Optional.of(port(text.substring(colon + 1), protocol)));
    }

    private static int port(String text, String protocol) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        if (text.matches("[a-zA-Z][a-zA-Z0-9+-]*")) {
            try {
                return Files.readAllLines(PORT_NAMES, StandardCharsets.UTF_8).stream()
                        .map(line -> line.replaceFirst("#.*", "").trim().split("\\s+"))
                        .filter(words -> words.length >= 2
                                && words[1].endsWith("/" + protocol)
                                && (words[0].equals(text)
                                        || Arrays.asList(words)
                                                .subList(2, words.length)
                                                .contains(text)))
                        .map(words -> Integer.valueOf(words[1].substring(0, words[1].indexOf('/'))))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("no port is named \"" + text + "\" for " + protocol));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "the port \"" + text + "\" has to be a number: " + PORT_NAMES + " cannot be read", e);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no port: 0 to 65535 is");
    }
}
