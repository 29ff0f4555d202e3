package io.twoarm.engine;

import io.twoarm.lab.ImpairedPort;
import io.twoarm.lab.Impairment;
import java.time.Duration;
import java.util.List;

/** A running lab. */
public interface LabSession {
    String name();

    Estate estate();

    /** How long it took until every host answered; zero for a lab that was found running. */
    Duration startTime();

    /**
     * Makes the cable of a host's port as bad as that, in both directions, instead of how it was.
     *
     * @throws EngineException when there is no such port, or the machine cannot do it
     */
    void impair(String host, String port, Impairment impairment);

    /** The ports whose cables are impaired. */
    List<ImpairedPort> impairments();

    /** Stops the lab and waits until nothing of it is left. */
    void stop();
}
