package io.twoarm.model;

/** The whole numbers that a field takes; both ends belong to it. */
public record Range(int lowest, int highest) {
    /** Transport ports; 0 is no port that one can connect to. */
    public static final Range TRANSPORT_PORT = new Range(1, 65535);

    public boolean contains(int value) {
        return value >= lowest && value <= highest;
    }

    /**
     * Returns the value.
     *
     * @param what the field, for the message
     * @throws IllegalArgumentException when the value is outside
     */
    int check(int value, String what) {
        if (!contains(value)) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is " + this);
        }
        return value;
    }

    @Override
    public String toString() {
        return lowest + " to " + highest;
    }
}
