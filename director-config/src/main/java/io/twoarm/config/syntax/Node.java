package io.twoarm.config.syntax;

import io.twoarm.config.Origin;
import java.util.List;
import java.util.Optional;

/** A part of the tree, in the order of the file. */
public sealed interface Node {

    /** Lines without a word: empty lines and comments, and braces that belong to nothing. */
    record Filler(List<Token> tokens) implements Node {
        public Filler {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * A keyword with its values, and a block if it has one.
     *
     * @param head everything up to the end of the line, or up to the end of the line of the opening brace
     */
    record Statement(List<Token> head, Optional<Body> body) implements Node {
        public Statement {
            head = List.copyOf(head);
        }

        public List<Token> words() {
            return head.stream().filter(Token::isWord).toList();
        }

        /** The first word; empty for a block without a keyword. */
        public String keyword() {
            return head.stream()
                    .filter(Token::isWord)
                    .map(Token::value)
                    .findFirst()
                    .orElse("");
        }

        /** All words but the keyword. */
        public List<Token> arguments() {
            return head.stream().filter(Token::isWord).skip(1).toList();
        }

        /** Where the keyword stands. */
        public Origin origin() {
            return head.stream()
                    .filter(token -> token.isWord() || token.isBrace())
                    .findFirst()
                    .map(Token::origin)
                    .orElse(Origin.NONE);
        }

        public List<Statement> statements() {
            return body.map(Body::statements).orElse(List.of());
        }
    }

    /**
     * What stands between the braces of a block.
     *
     * @param close the line of the closing brace; empty when the file ended first, or when the brace stands wrongly on
     *     the last statement's line
     */
    record Body(List<Node> nodes, List<Token> close) {
        public Body {
            nodes = List.copyOf(nodes);
            close = List.copyOf(close);
        }

        public List<Statement> statements() {
            return SyntaxTree.statementsOf(nodes);
        }
    }
}
