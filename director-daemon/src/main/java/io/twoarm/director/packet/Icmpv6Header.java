package io.twoarm.director.packet;

/**
 * The ICMPv6 header (RFC 4443) and the messages of neighbour discovery (RFC 4861).
 *
 * <pre>
 *  0  type               u8
 *  1  code               u8
 *  2  checksum           u16, with pseudo-header
 *  4  identifier         u16 BE  (echo), MTU u32 BE (packet too big), pointer u32 BE (parameter problem),
 *                        flags (neighbour advertisement)
 *  6  sequence number    u16 BE  (echo)
 *  8  data, the packet that an error is about, or the target of a neighbour message (16 bytes)
 * 24  options of a neighbour message: type u8, length u8 in units of 8 bytes, value
 * </pre>
 */
public final class Icmpv6Header {
    public static final int CODE_OFFSET = 1;
    public static final int CHECKSUM_OFFSET = 2;
    public static final int ID_OFFSET = 4;
    public static final int WORD_OFFSET = 4;
    public static final int SIZE = 8;
    public static final int TARGET_OFFSET = 8;
    public static final int OPTIONS_OFFSET = 24;

    /** IANA number of the protocol, the value of a next header field. */
    public static final int PROTOCOL = 58;

    public static final int UNREACHABLE = 1;
    public static final int TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;

    /** Code of time exceeded: fragments did not come. */
    public static final int REASSEMBLY = 1;

    public static final int PARAMETER_PROBLEM = 4;
    public static final int LAST_ERROR = 127;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOUR_SOLICITATION = 135;
    public static final int NEIGHBOUR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;

    public static final int NO_ROUTE = 0;
    public static final int PROHIBITED = 1;
    public static final int PORT_UNREACHABLE = 4;
    public static final int ERRONEOUS_FIELD = 0;
    public static final int UNKNOWN_NEXT_HEADER = 1;
    public static final int UNKNOWN_OPTION = 2;

    /** Flags of an advertisement: the sender routes, the message answers a solicitation, it replaces what is known. */
    public static final int ROUTER_FLAG = 0x8000_0000;

    public static final int SOLICITED_FLAG = 0x4000_0000;
    public static final int OVERRIDE_FLAG = 0x2000_0000;

    public static final int SOURCE_LINK_ADDRESS = 1;
    public static final int TARGET_LINK_ADDRESS = 2;

    /** Bytes of a link address option for Ethernet. */
    public static final int LINK_ADDRESS_SIZE = 8;

    private Icmpv6Header() {}
}
