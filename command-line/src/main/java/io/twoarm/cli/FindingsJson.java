package io.twoarm.cli;

import io.twoarm.model.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Findings as a JSON array (RFC 8259), for other programs. */
final class FindingsJson {
    private FindingsJson() {}

    static String of(List<Finding> findings) {
        return Json.lines(findings.stream().map(FindingsJson::object).toList());
    }

    static Map<String, Object> object(Finding finding) {
        return Json.object(
                "rule", finding.rule(),
                "severity", finding.severity().word(),
                "file", finding.place().file().map(Path::toString),
                "line", finding.place().line(),
                "column", finding.place().column(),
                "object", finding.place().object(),
                "message", finding.message(),
                "fix", finding.fix());
    }
}
