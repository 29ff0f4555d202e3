package io.twoarm.config.syntax;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.Origin;
import io.twoarm.config.syntax.Node.Body;
import io.twoarm.config.syntax.Node.Filler;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Puts lines together to statements and blocks. Keeps its own stack, so that no input can exhaust the thread's. */
final class TreeBuilder {
    private final ConfigFile file;
    private final List<ConfigFinding> findings;
    private final Deque<OpenBlock> open = new ArrayDeque<>();
    /** Blocks that were opened below the deepest one entered. */
    private int skippedDepth;

    TreeBuilder(ConfigFile file, List<ConfigFinding> findings) {
        this.file = file;
        this.findings = findings;
    }

    private record OpenBlock(List<Token> head, List<Node> nodes) {}

    List<Node> build(Lexer lexer) {
        List<Node> root = new ArrayList<>();
        open.push(new OpenBlock(List.of(), root));
        while (lexer.hasMore()) {
            List<Token> line = lexer.nextLine();
            checkLength(line);
            add(line);
        }
        while (open.size() > 1) {
            Token opening = firstWordOrBrace(open.peek().head());
            report(
                    "unclosed-block",
                    opening,
                    "The block " + opening.value() + " is still open at the end of the file.",
                    "Close it with } on a line of its own.");
            close(List.of());
        }
        return root;
    }

    private void add(List<Token> line) {
        List<Token> visible =
                line.stream().filter(token -> token.isWord() || token.isBrace()).toList();
        if (visible.isEmpty()) {
            checkMarkerAlone(line);
            siblings().add(new Filler(line));
        } else if (visible.getFirst().kind() == Kind.CLOSE) {
            addClosing(line, visible);
        } else if (visible.getFirst().kind() == Kind.OPEN) {
            addOpeningAlone(line, visible);
        } else {
            addStatement(line, visible);
        }
    }

    private void addClosing(List<Token> line, List<Token> visible) {
        if (visible.size() > 1) {
            report(
                    "after-closing-brace",
                    visible.get(1),
                    "What follows } on the same line is not read.",
                    "Move it to a line of its own.");
        }
        if (skippedDepth > 0) {
            skippedDepth--;
            siblings().add(new Filler(line));
        } else if (open.size() == 1) {
            report("stray-brace", visible.getFirst(), "} closes nothing.", "Remove it, or open its block with {.");
            siblings().add(new Filler(line));
        } else {
            close(line);
        }
    }

    /** A line that starts with an opening brace gives the statement before it a block. */
    private void addOpeningAlone(List<Token> line, List<Token> visible) {
        List<Token> head = new ArrayList<>();
        List<Node> siblings = siblings();
        int owner = siblings.size() - 1;
        while (owner >= 0 && siblings.get(owner) instanceof Filler) {
            owner--;
        }
        if (owner >= 0
                && siblings.get(owner) instanceof Statement statement
                && statement.body().isEmpty()
                && statement.head().stream().noneMatch(Token::isBrace)) {
            head.addAll(statement.head());
            siblings.subList(owner + 1, siblings.size()).forEach(filler -> head.addAll(((Filler) filler).tokens()));
            siblings.subList(owner, siblings.size()).clear();
            findings.add(ConfigFinding.warning(
                    "brace-on-own-line",
                    file,
                    visible.getFirst().origin(),
                    statement.keyword(),
                    "{ stands on a line of its own.",
                    "Write it at the end of the line of its keyword."));
        } else {
            report("stray-brace", visible.getFirst(), "{ opens a block without a keyword.", "Write its keyword.");
        }
        head.addAll(line);
        checkOneLineBlock(visible);
        openBlock(head, visible.getFirst());
    }

    private void addStatement(List<Token> line, List<Token> visible) {
        int depth = checkOneLineBlock(visible);
        if (depth > 0) {
            openBlock(line, visible.getFirst());
            return;
        }
        siblings().add(new Statement(line, Optional.empty()));
        for (int closing = depth; closing < 0 && (skippedDepth > 0 || open.size() > 1); closing++) {
            if (skippedDepth > 0) {
                skippedDepth--;
            } else {
                close(List.of());
            }
        }
    }

    /** How many blocks the line leaves open; negative when it closes more than it opens. */
    private int checkOneLineBlock(List<Token> visible) {
        int depth = 0;
        for (int index = 0; index < visible.size(); index++) {
            Token token = visible.get(index);
            depth += token.kind() == Kind.OPEN ? 1 : token.kind() == Kind.CLOSE ? -1 : 0;
            boolean opensHere = token.kind() == Kind.OPEN && index == visible.size() - 1;
            if (token.isBrace() && !opensHere) {
                report(
                        "one-line-block",
                        token,
                        "A block cannot share a line with its contents: " + token.text()
                                + " stands inside a line, and the lines that follow would be read as part of it.",
                        "Put { at the end of the keyword's line, and each setting and } on a line of its own.");
                return depth + count(visible.subList(index + 1, visible.size()));
            }
        }
        return depth;
    }

    private static int count(List<Token> tokens) {
        return tokens.stream()
                .mapToInt(token -> token.kind() == Kind.OPEN ? 1 : token.kind() == Kind.CLOSE ? -1 : 0)
                .sum();
    }

    private void openBlock(List<Token> head, Token opening) {
        if (open.size() <= SyntaxTree.DEEPEST_BLOCK) {
            open.push(new OpenBlock(head, new ArrayList<>()));
            return;
        }
        if (skippedDepth == 0) {
            report(
                    "too-deep",
                    opening,
                    "Blocks are nested more than " + SyntaxTree.DEEPEST_BLOCK + " deep here.",
                    "Look for a } that is missing above.");
        }
        skippedDepth++;
        siblings().add(new Statement(head, Optional.empty()));
    }

    private void close(List<Token> line) {
        OpenBlock block = open.pop();
        siblings().add(new Statement(block.head(), Optional.of(new Body(block.nodes(), line))));
    }

    private List<Node> siblings() {
        return open.element().nodes();
    }

    private void checkMarkerAlone(List<Token> line) {
        line.stream()
                .filter(token -> token.kind() == Kind.MARKER && token.text().endsWith(">"))
                .findFirst()
                .ifPresent(marker -> report(
                        "marker-alone",
                        marker,
                        marker.text() + " stands alone on its line; DPVS crashes on it.",
                        "Put it in front of its keyword, or remove it."));
    }

    private void checkLength(List<Token> line) {
        if (file != ConfigFile.DPVS) {
            return;
        }
        int bytes = line.stream()
                .filter(token -> token.kind() != Kind.NEWLINE)
                .mapToInt(token -> token.text().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > SyntaxTree.LONGEST_DPVS_LINE) {
            findings.add(ConfigFinding.error(
                    "long-line",
                    file,
                    new Origin(line.getFirst().line(), 1),
                    "",
                    "The line has " + bytes + " bytes; DPVS reads what follows the first "
                            + SyntaxTree.LONGEST_DPVS_LINE + " as another line.",
                    "Split it."));
        }
    }

    private static Token firstWordOrBrace(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.isWord() || token.isBrace())
                .findFirst()
                .orElseThrow();
    }

    private void report(String rule, Token token, String message, String fix) {
        findings.add(ConfigFinding.error(rule, file, token.origin(), token.value(), message, fix));
    }
}
