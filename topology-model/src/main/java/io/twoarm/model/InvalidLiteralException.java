package io.twoarm.model;

/** A text that is not what it should be: an address, a prefix, a name. */
public final class InvalidLiteralException extends IllegalArgumentException {
    private final String fix;

    /**
     * @param problem what was found and what is allowed, one or two sentences
     * @param fix what to write instead, as an instruction
     */
    public InvalidLiteralException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    /** What to write instead, as an instruction. */
    public String fix() {
        return fix;
    }
}
