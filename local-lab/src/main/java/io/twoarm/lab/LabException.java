package io.twoarm.lab;

import java.util.List;

/** A lab could not be had, with everything a person needs to put it right. */
public final class LabException extends RuntimeException {
    private final String problem;
    private final String place;
    private final String fix;
    private final List<String> log;

    /**
     * @param problem what happened and why, one sentence
     * @param place where: an object of the topology, a file, a lab's name
     * @param fix what to do about it, as an instruction or a command
     * @param log the last lines of what failed; may be empty
     */
    public LabException(String problem, String place, String fix, List<String> log) {
        super(message(problem, place, fix, log));
        this.problem = problem;
        this.place = place;
        this.fix = fix;
        this.log = List.copyOf(log);
    }

    LabException(String problem, String place, String fix) {
        this(problem, place, fix, List.of());
    }

    LabException(String problem, String place, String fix, Throwable cause) {
        this(problem + ": " + cause, place, fix);
        initCause(cause);
    }

    private static String message(String problem, String place, String fix, List<String> log) {
        StringBuilder text = new StringBuilder(problem);
        text.append("\n  place: ").append(place).append("\n  fix:   ").append(fix.replace("\n", "\n         "));
        log.forEach(line -> text.append("\n  | ").append(line));
        return text.toString();
    }

    public String problem() {
        return problem;
    }

    public String place() {
        return place;
    }

    public String fix() {
        return fix;
    }

    public List<String> log() {
        return log;
    }
}
