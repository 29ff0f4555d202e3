package io.twoarm.engine;

import io.twoarm.lab.HostStatus;
import io.twoarm.lab.LabEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** The start of a lab in lines for people. */
final class LabProgress {
    private LabProgress() {}

    static void tell(LabEvent event, Consumer<String> progress) {
        switch (event) {
            case LabEvent.NumberTaken taken ->
                progress.accept("lab: hosts answer SSH at 127.77.%d.x".formatted(taken.number()));
            case LabEvent.HostChanged changed -> {
                if (changed.status() == HostStatus.READY) {
                    progress.accept("lab: %s is up (%s)".formatted(changed.host(), seconds(changed.elapsed())));
                }
            }
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
