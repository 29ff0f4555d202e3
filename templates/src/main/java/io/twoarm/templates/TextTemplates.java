package io.twoarm.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** FreeMarker templates of the text files that hosts get, such as units and nginx configurations. */
public final class TextTemplates {
    private TextTemplates() {}

    /**
     * The source of a template.
     *
     * @param name file name below {@code text}, such as {@code director.service}
     */
    public static String source(String name) {
        String resource = "text/" + name + ".ftl";
        try (InputStream in = TextTemplates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no template " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
