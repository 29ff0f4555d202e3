package io.twoarm.diagnose.packet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The frames of {@code frames.txt}: description, bytes, and the summary that is right for them. */
public record Frames(String description, byte[] bytes, String summary) {

    public static List<Frames> all() {
        try (InputStream in = Frames.class.getResourceAsStream("frames.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(parts -> new Frames(parts[0], HexFormat.of().parseHex(parts[1]), parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] of(String description) {
        return all().stream()
                .filter(frame -> frame.description().equals(description))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    @Override
    public String toString() {
        return description;
    }
}
