package io.twoarm.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Something wrong or doubtful in a configuration file.
 *
 * @param rule stable identifier of the kind of finding, such as {@code unknown-keyword}
 * @param line 1-based line; 0 when the finding is about no single line
 * @param column 1-based column in UTF-16 units; 0 with line 0
 * @param keyword the keyword it is about; empty when there is none
 * @param message what was found and what is allowed
 * @param fix what to do about it, as an instruction
 */
public record ConfigFinding(
        Severity severity,
        String rule,
        ConfigFile file,
        int line,
        int column,
        String keyword,
        String message,
        String fix) {

    /** The rule of findings about keywords and values that exist in the language but not in the bundled director. */
    public static final String UNSUPPORTED = "unsupported";

    /** How bad it is: a director does not start with errors. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static ConfigFinding error(
            String rule, ConfigFile file, Origin origin, String keyword, String message, String fix) {
        return new ConfigFinding(Severity.ERROR, rule, file, origin.line(), origin.column(), keyword, message, fix);
    }

    public static ConfigFinding warning(
            String rule, ConfigFile file, Origin origin, String keyword, String message, String fix) {
        return new ConfigFinding(Severity.WARNING, rule, file, origin.line(), origin.column(), keyword, message, fix);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public static boolean anyError(List<ConfigFinding> findings) {
        return findings.stream().anyMatch(ConfigFinding::isError);
    }

    /** One line in the form that editors and compilers share: {@code FILE:LINE:COLUMN: error: MESSAGE FIX [RULE]}. */
    public String render(Path path) {
        StringBuilder text = new StringBuilder(path.toString());
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(isError() ? ": error: " : ": warning: ").append(message);
        if (!fix.isEmpty()) {
            text.append(' ').append(fix);
        }
        return text.append(" [").append(rule).append(']').toString();
    }
}
