package io.twoarm.director.dpdk;

import java.util.List;

/** DPDK cannot be used as asked. Carries all that a person needs to get on. */
public final class DpdkException extends Exception {
    private final String problem;
    private final List<String> details;
    private final String fix;

    /**
     * @param problem what is wrong, one sentence without a full stop
     * @param details what was found, one line each; may be empty
     * @param fix what to do
     */
    public DpdkException(String problem, List<String> details, String fix) {
        super(problem);
        this.problem = problem;
        this.details = List.copyOf(details);
        this.fix = fix;
    }

    public String problem() {
        return problem;
    }

    public List<String> details() {
        return details;
    }

    public String fix() {
        return fix;
    }
}
