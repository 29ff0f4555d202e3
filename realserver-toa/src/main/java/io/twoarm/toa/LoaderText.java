package io.twoarm.toa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The texts that realservers get. Some end with the compiled programs that they load, gzipped and in base64. */
final class LoaderText {
    private static final int CHARACTERS_PER_LINE = 120;

    private LoaderText() {}

    static String of(String script, String object) {
        Base64.Encoder encoder = Base64.getMimeEncoder(CHARACTERS_PER_LINE, new byte[] {'\n'});
        return resource(script) + encoder.encodeToString(bytes(object)) + "\n";
    }

    static String resource(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream stream = LoaderText.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
