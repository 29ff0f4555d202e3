package io.twoarm.engine;

import java.time.Duration;

/** A running lab. */
public interface LabSession {
    String name();

    Estate estate();

    /** How long it took until every host answered; zero for a lab that was found running. */
    Duration startTime();

    /** Stops the lab and waits until nothing of it is left. */
    void stop();
}
