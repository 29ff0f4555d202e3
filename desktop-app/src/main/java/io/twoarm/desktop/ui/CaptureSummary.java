package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.CaptureModel;
import io.twoarm.desktop.viewmodel.CaptureRecord;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;

/** A capture in one line. */
final class CaptureSummary {
    private CaptureSummary() {}

    static String of(CaptureRecord.Count count, CaptureModel.Connections connections, CaptureModel.State state) {
        List<String> parts = new ArrayList<>();
        if (state == CaptureModel.State.STARTING) {
            parts.add(Texts.text("capture.starting"));
        }
        parts.add(Texts.text("capture.packets", count.seen()));
        if (connections.all() > 0) {
            parts.add(Texts.text("capture.connections", connections.all(), connections.all() - connections.whole()));
        }
        if (connections.others() > 0) {
            parts.add(Texts.text("capture.others", connections.others()));
        }
        if (count.kept() < count.seen()) {
            parts.add(Texts.text("capture.dropped", count.seen() - count.kept()));
        }
        count.lost().forEach((place, lost) -> parts.add(Texts.text("capture.lost", place, lost)));
        count.failures().forEach((place, reason) -> parts.add(Texts.text("capture.failed", place, reason)));
        return String.join(" · ", parts);
    }
}
