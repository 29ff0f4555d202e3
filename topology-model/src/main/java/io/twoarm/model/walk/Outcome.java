package io.twoarm.model.walk;

import io.twoarm.model.Finding;
import java.net.InetAddress;
import java.util.List;

/** How a walk ends. */
public sealed interface Outcome {

    /** The client has the answer. */
    record Answered() implements Outcome {}

    /** The way leads to a gateway that is not drawn; what lies behind it is not known. */
    record OutOfSight(InetAddress gateway) implements Outcome {}

    /**
     * The packets end at the last hop.
     *
     * @param why what happens there, as a sentence
     * @param fix what to do, as an instruction
     * @param findings what lint says about the cause, the nearest first; may be empty
     */
    record Blocked(Fault fault, String why, String fix, List<Finding> findings) implements Outcome {
        public Blocked {
            findings = List.copyOf(findings);
        }
    }
}
