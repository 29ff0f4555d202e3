package io.twoarm.artifact;

import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.twoarm.templates.TextTemplates;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Fills in text templates. A value that a template names and nobody gave is an error, never an empty place. */
final class TextFile {
    private static final Configuration CONFIGURATION = configuration();

    private static final ConcurrentMap<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private TextFile() {}

    static String render(String template, Map<String, Object> values) {
        try {
            StringWriter text = new StringWriter();
            TEMPLATES.computeIfAbsent(template, TextFile::parse).process(values, text);
            return text.toString();
        } catch (IOException | TemplateException broken) {
            throw new IllegalStateException("the template " + template + " does not fit its values", broken);
        }
    }

    private static Template parse(String name) {
        try {
            return new Template(name, TextTemplates.source(name), CONFIGURATION);
        } catch (IOException broken) {
            throw new IllegalStateException("the template " + name + " cannot be read", broken);
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        return configuration;
    }
}
