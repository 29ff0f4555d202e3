package io.twoarm.model.walk;

/** Ends a walk from within a step. */
final class Blockage extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String fix;

    Blockage(Fault fault, String why, String fix) {
        super(why, null, false, false);
        this.fault = fault;
        this.fix = fix;
    }

    Fault fault() {
        return fault;
    }

    String why() {
        return getMessage();
    }

    String fix() {
        return fix;
    }
}
