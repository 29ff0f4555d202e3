package io.twoarm.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Configuration files that tests start from. */
public final class Samples {
    private Samples() {}

    public static String twoArmDpvs() {
        return read("two-arm.dpvs.conf");
    }

    public static String twoArmKeepalived() {
        return read("two-arm.keepalived.conf");
    }

    public static String read(String name) {
        try (InputStream stream = Samples.class.getResourceAsStream("/samples/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
