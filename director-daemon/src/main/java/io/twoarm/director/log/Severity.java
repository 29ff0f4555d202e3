package io.twoarm.director.log;

/** How urgent a line is; the numbers are those of {@code syslog(3)}. */
public enum Severity {
    ERROR(3),
    WARNING(4),
    NOTICE(5),
    INFO(6),
    DEBUG(7);

    private final int priority;

    Severity(int priority) {
        this.priority = priority;
    }

    public int priority() {
        return priority;
    }
}
