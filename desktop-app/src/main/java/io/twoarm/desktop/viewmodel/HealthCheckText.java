package io.twoarm.desktop.viewmodel;

import io.twoarm.model.HealthCheck;
import java.time.Duration;

/** A health check in words. */
final class HealthCheckText {
    private HealthCheckText() {}

    static String summary(HealthCheck check) {
        return switch (check) {
            case HealthCheck.None none -> Texts.text("check.none");
            case HealthCheck.TcpConnect tcp -> Texts.text("check.tcp", seconds(tcp.interval()));
        };
    }

    /** A duration as people write it in configurations, such as {@code 3 s} or {@code 500 ms}. */
    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Texts.text("unit.seconds", duration.toSeconds())
                : Texts.text("unit.milliseconds", duration.toMillis());
    }
}
