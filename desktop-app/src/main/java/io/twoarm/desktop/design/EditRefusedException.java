package io.twoarm.desktop.design;

/** An edit that the design does not allow; the wording tells people why and what to do first. */
public final class EditRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Wording wording;

    EditRefusedException(Wording wording) {
        super(wording.key());
        this.wording = wording;
    }

    public Wording wording() {
        return wording;
    }
}
