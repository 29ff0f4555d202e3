package io.twoarm.director.session;

/**
 * Initial sequence numbers that hold all that must be known of a client's SYN (RFC 4987, 3.6), so that nothing is kept until
 * the client has acknowledged one.
 *
 * <pre>
 * bits 31 to 8   24 bits of a keyed hash of the connection, the client's initial number, the time and the options
 * bits  7 to 0   the options, covered by 8 bits of another keyed hash of the same without the options
 * </pre>
 *
 * <p>Time counts in periods of 67.1 s. A number is good in its own period and the one after it. Who has not seen it guesses it
 * with a chance of 2 in 2<sup>24</sup>.
 */
public final class SynCookies {
    private static final int PERIOD_SHIFT = 26;
    private static final int HASH_SHIFT = 40;
    private static final int OPTION_BITS = 8;
    private static final int OPTION_MASK = (1 << OPTION_BITS) - 1;

    /** Keeps these hashes apart from those of {@link SequenceNumbers}, which has the same secret. */
    private static final long DOMAIN = 0x5359_4e43_4f4f_4b49L;

    private final long key0;
    private final long key1;

    public SynCookies(SecretKey secret) {
        key0 = secret.low() ^ DOMAIN;
        key1 = Long.rotateLeft(secret.high(), 32) ^ DOMAIN;
    }

    /**
     * The number for the answer to a SYN.
     *
     * @param addresses of the connection, or what stands for them
     * @param ports raw
     * @param clientFirst the client's initial sequence number
     * @param options what is to be known later, 0 to 255
     */
    public int make(long addresses, int ports, int clientFirst, int options, long nowMicros) {
        return compose(connection(addresses, ports, clientFirst), (int) (nowMicros >>> PERIOD_SHIFT), options);
    }

    /** The options of a number that {@link #make} gave for the same connection not long ago; -1 for all other numbers. */
    public int read(long addresses, int ports, int clientFirst, int cookie, long nowMicros) {
        long connection = connection(addresses, ports, clientFirst);
        int period = (int) (nowMicros >>> PERIOD_SHIFT);
        for (int age = 0; age < 2; age++) {
            int options = (cookie ^ cover(connection, period - age)) & OPTION_MASK;
            if (compose(connection, period - age, options) == cookie) {
                return options;
            }
        }
        return -1;
    }

    private long connection(long addresses, int ports, int clientFirst) {
        return SequenceNumbers.hash(key0, key1, SequenceNumbers.hash(key0, key1, addresses, ports), clientFirst);
    }

    private int cover(long connection, int period) {
        return (int) SequenceNumbers.hash(key1, key0, connection, period) & OPTION_MASK;
    }

    private int compose(long connection, int period, int options) {
        long timed = connection ^ (long) period << 32;
        int hash = (int) (SequenceNumbers.hash(key0, key1, timed, options) >>> HASH_SHIFT);
        return hash << OPTION_BITS | (options ^ cover(connection, period)) & OPTION_MASK;
    }
}
