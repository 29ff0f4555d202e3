package io.twoarm.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a configuration file. */
public final class ConfigText {
    private ConfigText() {}

    /**
     * Reads a file as UTF-8.
     *
     * @throws IOException when it cannot be read, or holds bytes that are not UTF-8; the message then names file, line
     *     and byte
     */
    public static String read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            long line = 1 + text.chars().filter(character -> character == '\n').count();
            throw new IOException("%s:%d: the byte 0x%02x is not UTF-8. Save the file as UTF-8."
                    .formatted(file, line, bytes.get(bytes.position())));
        }
        return text.toString();
    }
}
