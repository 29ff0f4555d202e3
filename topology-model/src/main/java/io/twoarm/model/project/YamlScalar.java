package io.twoarm.model.project;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Texts as YAML scalars: plain where that is safe, in double quotes otherwise. */
final class YamlScalar {
    /** A word may hold a colon, but not end with one: that would make it a key. */
    private static final String FLOW_WORD = "[\\p{L}\\p{N}_./+()=-][\\p{L}\\p{N}_./+()=:-]*(?<!:)";

    private static final String BLOCK_WORD = "[\\p{L}\\p{N}_./+()=,;-][\\p{L}\\p{N}_./+()=:,;-]*(?<!:)";
    private static final String FIRST_CHARACTER = "(?=[\\p{L}\\p{N}_/])";
    private static final Pattern PLAIN_IN_FLOW =
            Pattern.compile(FIRST_CHARACTER + FLOW_WORD + "(?: " + FLOW_WORD + ")*");
    private static final Pattern PLAIN_IN_BLOCK =
            Pattern.compile(FIRST_CHARACTER + BLOCK_WORD + "(?: " + BLOCK_WORD + ")*");

    /** What YAML 1.1 programs take for truth values. */
    private static final Set<String> FORMER_TRUTH = Set.of("yes", "no", "on", "off");

    private static final ScalarResolver RESOLVER = new CoreScalarResolver(true);

    private YamlScalar() {}

    /** The text as a scalar inside brackets. */
    static String inFlow(String text) {
        return isPlain(text, PLAIN_IN_FLOW) ? text : quoted(text);
    }

    /** The text as a scalar on a line of its own key. */
    static String inBlock(String text) {
        return isPlain(text, PLAIN_IN_BLOCK) ? text : quoted(text);
    }

    /**
     * The header of a literal block scalar, {@code |} or {@code |-}, when the text has several lines that survive in
     * one. Texts that begin with blanks or end with empty lines do not, nor do characters that must be escaped.
     */
    static Optional<String> literalHeader(String text) {
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        boolean safe = text.indexOf('\n') >= 0
                && !body.isEmpty()
                && !Character.isWhitespace(body.charAt(0))
                && !body.substring(body.lastIndexOf('\n') + 1).isBlank()
                && text.codePoints().allMatch(c -> c == '\n' || c == '\t' || isPrintable(c));
        if (!safe) {
            return Optional.empty();
        }
        return Optional.of(text.endsWith("\n") ? "|" : "|-");
    }

    private static boolean isPlain(String text, Pattern pattern) {
        return pattern.matcher(text).matches()
                && !FORMER_TRUTH.contains(text.toLowerCase(Locale.ROOT))
                && RESOLVER.resolve(text, true).equals(Tag.STR);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(c > 0xffff ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** YAML 1.2 section 5.1, without the line separators and the byte order mark, which people do not see. */
    private static boolean isPrintable(int c) {
        if (c == 0xfeff || c == 0x2028 || c == 0x2029) {
            return false;
        }
        return c >= 0x20 && c <= 0x7e || c >= 0xa0 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }
}
