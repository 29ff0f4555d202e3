package io.twoarm.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The scripts that build and keep a lab; each says at its top what it does. */
enum Script {
    DOORS,
    KEEPER,
    JANITOR,
    POD,
    MACHINE,
    NICS,
    HOST,
    CAPTURE,
    IMPAIR,
    RELAY,
    TRUNK,
    VLANS,
    TRIAL;

    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() {
        try (InputStream in = Script.class.getResourceAsStream(fileName())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void unpack(Path directory) throws IOException {
        Files.createDirectory(directory);
        for (Script script : values()) {
            Files.writeString(directory.resolve(script.fileName()), script.text());
        }
    }
}
