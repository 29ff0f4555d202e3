package io.twoarm.config.syntax;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration file as a tree that keeps every byte.
 *
 * @param findings what is wrong with braces, quotes, markers and line lengths, in the order of the file
 */
public record SyntaxTree(ConfigFile file, List<Node> nodes, List<ConfigFinding> findings) {

    /** Blocks nested deeper than this are not entered; neither language nests deeper than six. */
    public static final int DEEPEST_BLOCK = 16;

    /** DPVS reads a line of more bytes than this as two lines. */
    public static final int LONGEST_DPVS_LINE = 1023;

    public SyntaxTree {
        nodes = List.copyOf(nodes);
        findings = List.copyOf(findings);
    }

    /** Reads any text in linear time; what is wrong with it becomes findings. */
    public static SyntaxTree parse(ConfigFile file, String text) {
        List<ConfigFinding> findings = new ArrayList<>();
        List<Node> nodes = new TreeBuilder(file, findings).build(new Lexer(file, text, findings));
        return new SyntaxTree(file, nodes, findings);
    }

    public List<Node.Statement> statements() {
        return statementsOf(nodes);
    }

    /** The text that was parsed, byte for byte. */
    public String print() {
        StringBuilder text = new StringBuilder();
        print(nodes, text);
        return text.toString();
    }

    static List<Node.Statement> statementsOf(List<Node> nodes) {
        return nodes.stream()
                .filter(Node.Statement.class::isInstance)
                .map(Node.Statement.class::cast)
                .toList();
    }

    private static void print(List<Node> nodes, StringBuilder text) {
        for (Node node : nodes) {
            switch (node) {
                case Node.Filler filler -> append(filler.tokens(), text);
                case Node.Statement statement -> {
                    append(statement.head(), text);
                    statement.body().ifPresent(body -> {
                        print(body.nodes(), text);
                        append(body.close(), text);
                    });
                }
            }
        }
    }

    private static void append(List<Token> tokens, StringBuilder text) {
        tokens.forEach(token -> text.append(token.text()));
    }
}
