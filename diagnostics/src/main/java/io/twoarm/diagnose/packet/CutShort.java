package io.twoarm.diagnose.packet;

/** The frame ends inside of what was being read. */
final class CutShort extends RuntimeException {
    static final CutShort INSTANCE = new CutShort();

    private CutShort() {
        super("the frame ends here", null, false, false);
    }
}
