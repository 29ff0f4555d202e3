package io.twoarm.config.keepalived;

import io.twoarm.config.NearestKeyword;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets honoured keywords pass and reports every other one. */
final class KeywordGuard {
    private final Report report;

    KeywordGuard(Report report) {
        this.report = report;
    }

    /** The statements of a block whose keywords are honoured, in order; all others leave a finding. */
    List<Statement> honoured(List<Statement> statements, String context) {
        List<Statement> passed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Statement statement : statements) {
            if (statement.keyword().isEmpty()) {
                continue;
            }
            Optional<Keyword> keyword = KeepalivedKeywords.find(context, statement.keyword());
            if (keyword.isEmpty()) {
                reportUnknown(statement, context);
            } else if (bracesFit(statement, keyword.get()) && isHonoured(statement, keyword.get())) {
                warnIfRepeated(statement, seen);
                passed.add(statement);
            }
        }
        return passed;
    }

    /** The lines of a block that holds values; a block inside it leaves a finding. */
    List<Statement> lines(Statement block) {
        List<Statement> lines = new ArrayList<>();
        for (Statement line : block.statements()) {
            if (line.body().isPresent()) {
                report.error(
                        "no-block",
                        line.origin(),
                        block.keyword(),
                        "The lines of " + block.keyword() + " are values and take no block.",
                        "Remove the braces.");
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    private void warnIfRepeated(Statement statement, Set<String> seen) {
        if (statement.body().isEmpty() && !seen.add(statement.keyword())) {
            report.warning(
                    "repeated-keyword",
                    statement.origin(),
                    statement.keyword(),
                    statement.keyword() + " stands here a second time; the last one counts.",
                    "Remove one.");
        }
    }

    private boolean isHonoured(Statement statement, Keyword keyword) {
        String name = keyword.name();
        switch (keyword.use()) {
            case HONOURED -> {
                return true;
            }
            case WITHOUT_EFFECT -> {
                report.warning(
                        "without-effect",
                        statement.origin(),
                        name,
                        name + " is known but has no effect in this director.",
                        "Remove it if you do not need it elsewhere.");
                reportUnknownInside(statement, keyword);
            }
            case REFUSED -> {
                report.unsupported(statement.origin(), name, name, "Remove it.");
                reportUnknownInside(statement, keyword);
            }
        }
        return false;
    }

    /** Goes as deep as the table does, whatever the file holds. */
    private void reportUnknownInside(Statement statement, Keyword keyword) {
        if (keyword.block().isEmpty() || keyword.block().get().equals(Keyword.LINES)) {
            return;
        }
        String context = keyword.block().get();
        for (Statement inner : statement.statements()) {
            Optional<Keyword> known = KeepalivedKeywords.find(context, inner.keyword());
            if (known.isPresent()) {
                reportUnknownInside(inner, known.get());
            } else if (!inner.keyword().isEmpty()) {
                reportUnknown(inner, context);
            }
        }
    }

    private boolean bracesFit(Statement statement, Keyword keyword) {
        boolean body = statement.body().isPresent();
        if (keyword.block().isPresent() == body) {
            return true;
        }
        if (body) {
            report.error(
                    "no-block",
                    statement.origin(),
                    keyword.name(),
                    keyword.name() + " takes no block.",
                    "Remove the braces.");
        } else if (statement.head().stream().noneMatch(Token::isBrace)) {
            report.error(
                    "missing-brace",
                    statement.origin(),
                    keyword.name(),
                    keyword.name() + " opens a block, but no { follows.",
                    "Write { at the end of the line.");
        }
        return false;
    }

    private void reportUnknown(Statement statement, String context) {
        String keyword = statement.keyword();
        Optional<String> near = NearestKeyword.to(keyword, KeepalivedKeywords.namesIn(context));
        if (keyword.startsWith("@") || keyword.startsWith("$") || keyword.startsWith("~SEQ")) {
            report.unsupported(
                    statement.origin(), keyword, "Text that depends on conditions or parameters", "Write it out.");
            return;
        }
        report.error(
                "unknown-keyword",
                statement.origin(),
                keyword,
                keyword + " is not a keyword " + (context.isEmpty() ? "outside all blocks." : "in " + context + "."),
                near.map(name -> "Did you mean " + name + "?").orElseGet(() -> elsewhere(keyword)));
    }

    private static String elsewhere(String keyword) {
        return KeepalivedKeywords.all().stream()
                .filter(known -> known.name().equals(keyword))
                .map(Keyword::context)
                .findFirst()
                .map(context ->
                        context.isEmpty() ? "It stands outside all blocks." : "It belongs into " + context + ".")
                .orElse("Remove it.");
    }
}
