package io.twoarm.model.project;

import io.twoarm.model.Finding;
import io.twoarm.model.Finding.Severity;
import io.twoarm.model.ObjectPath;
import io.twoarm.model.SourceMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is found while one file is read, and where everything stands in it. */
final class ReadingLog {
    private final Path file;
    private final SourceMap.Builder sources;
    private final List<Finding> findings = new ArrayList<>();

    ReadingLog(Path file) {
        this.file = file;
        this.sources = new SourceMap.Builder(Optional.of(file));
    }

    void error(ReadingRule rule, SourceMap.Position position, ObjectPath path, String message, String fix) {
        Finding.Place place = new Finding.Place(Optional.of(file), position.line(), position.column(), path.toString());
        findings.add(new Finding(rule.id(), Severity.ERROR, place, message, fix));
    }

    void note(String rule, SourceMap.Position position, ObjectPath path, String message, String fix) {
        Finding.Place place = new Finding.Place(Optional.of(file), position.line(), position.column(), path.toString());
        findings.add(new Finding(rule, Severity.NOTE, place, message, fix));
    }

    /** An error about the file as a whole. */
    void error(ReadingRule rule, String message, String fix) {
        error(rule, new SourceMap.Position(0, 0), ObjectPath.ROOT, message, fix);
    }

    void locate(ObjectPath path, SourceMap.Position position) {
        sources.put(path, position);
    }

    Optional<SourceMap.Position> positionOf(ObjectPath path) {
        return sources.position(path);
    }

    int size() {
        return findings.size();
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    List<Finding> findings() {
        return findings.stream().sorted(Finding.BY_PLACE).toList();
    }

    SourceMap sources() {
        return sources.build();
    }

    static SourceMap.Position position(Node node) {
        return node.getStartMark().map(ReadingLog::position).orElseGet(() -> new SourceMap.Position(0, 0));
    }

    /** The parser counts from 0, people count from 1. */
    static SourceMap.Position position(Mark mark) {
        return new SourceMap.Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
