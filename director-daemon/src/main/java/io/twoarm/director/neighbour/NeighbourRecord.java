package io.twoarm.director.neighbour;

/**
 * Layout of a neighbour in native memory: one cache line, whose start is the Ethernet header that packets to it get.
 *
 * <pre>
 *  0  Ethernet header    14 bytes: neighbour's address, port's address, type of the family
 * 16  port               u16, index
 * 20  state              i32, ordinal of {@link NeighbourState}
 * 24  address            i32, first byte highest; of IPv6 the table has it beside the records
 * 28  references         i32, sessions that point here
 * 32  due                i64, microseconds: when the state is looked at again
 * 40  first waiting      i32, place
 * 44  last waiting       i32, place
 * 48  waiting            i32, packets
 * 52  requests           i32, requests without an answer
 * 56  given              i32, 1 when configured
 * 60  wide               i32, 1 for IPv6
 * </pre>
 */
public final class NeighbourRecord {
    public static final int HEADER_OFFSET = 0;
    public static final int HEADER_MIDDLE_OFFSET = 8;
    public static final int HEADER_END_OFFSET = 12;
    public static final int PORT_OFFSET = 16;
    public static final int STATE_OFFSET = 20;
    static final int ADDRESS_OFFSET = 24;
    static final int REFERENCES_OFFSET = 28;
    static final int DUE_OFFSET = 32;
    static final int FIRST_WAITING_OFFSET = 40;
    static final int LAST_WAITING_OFFSET = 44;
    static final int WAITING_OFFSET = 48;
    static final int REQUESTS_OFFSET = 52;
    static final int GIVEN_OFFSET = 56;
    static final int WIDE_OFFSET = 60;
    public static final int SIZE = 64;

    private NeighbourRecord() {}
}
