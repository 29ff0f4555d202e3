package io.twoarm.lab;

import java.time.Duration;

/** What happens while a lab starts, in order, on the thread that called for the start. */
public sealed interface LabEvent {

    /** Time since the start was called for. */
    Duration elapsed();

    /** @param number the lab's number: its hosts answer at 127.77.number.1 and up */
    record NumberTaken(int number, Duration elapsed) implements LabEvent {}

    record HostChanged(String host, HostStatus status, Duration elapsed) implements LabEvent {}
}
