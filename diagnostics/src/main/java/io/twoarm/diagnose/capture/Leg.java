package io.twoarm.diagnose.capture;

/** The four lines of a balanced connection, in the order in which its first packets make them. */
public enum Leg {
    CLIENT_TO_VIRTUAL("client → VIP"),
    TO_REALSERVER("director → realserver"),
    FROM_REALSERVER("realserver → director"),
    VIRTUAL_TO_CLIENT("VIP → client");

    private final String words;

    Leg(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
