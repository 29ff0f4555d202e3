package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.model.Finding;
import io.twoarm.model.Topology;
import java.util.List;

/** A design as a document in Markdown: every object with every property, as the window shows them, and the problems. */
final class Report {
    private Report() {}

    static String of(Topology topology, List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(escaped(topology.title().isBlank() ? topology.name() : topology.title()))
                .append("\n\n");
        if (!topology.description().isBlank()) {
            text.append(topology.description().strip()).append("\n\n");
        }
        for (OutlineEntry list : OutlineEntry.of(topology).children()) {
            if (list.children().isEmpty()) {
                continue;
            }
            text.append("## ").append(escaped(list.label())).append("\n\n");
            list.children().forEach(entry -> entry.ref().ifPresent(ref -> object(text, topology, entry, ref)));
        }
        problems(text, problems);
        return text.toString();
    }

    private static void object(StringBuilder text, Topology topology, OutlineEntry entry, ObjectRef ref) {
        text.append("### ").append(escaped(entry.label())).append("\n\n");
        text.append("| | |\n|---|---|\n");
        for (PropertySection section : PropertiesBuilder.propertiesOf(topology, ref)) {
            if (section.rows().isEmpty()) {
                continue;
            }
            text.append("| **").append(escaped(section.title())).append("** | |\n");
            section.rows()
                    .forEach(row -> text.append("| ")
                            .append(escaped(row.label()))
                            .append(" | ")
                            .append(row.code() ? "`" + row.value() + "`" : escaped(row.value()))
                            .append(" |\n"));
        }
        text.append('\n');
    }

    private static void problems(StringBuilder text, List<Problem> problems) {
        text.append("## ").append(Texts.text("page.PROBLEMS")).append("\n\n");
        if (problems.isEmpty()) {
            text.append(Texts.text("problems.none")).append('\n');
        }
        for (Problem problem : problems) {
            Finding finding = problem.finding();
            text.append("- **")
                    .append(finding.severity().word())
                    .append("**, `")
                    .append(finding.place().object())
                    .append("`: ")
                    .append(escaped(finding.message()))
                    .append(' ')
                    .append(escaped(finding.fix()))
                    .append('\n');
        }
    }

    /** So that nothing in a text is taken for Markdown or ends a cell. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_|<>#\\[\\]])", "\\\\$1").replace('\n', ' ');
    }
}
