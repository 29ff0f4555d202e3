package io.twoarm.director.port;

import java.util.List;

/**
 * A bonding at one moment.
 *
 * @param mode 0 spreads frames in turn, 4 is LACP (IEEE 802.1AX)
 * @param transmitPolicy what chooses the member of a frame in mode 4: {@code layer2}, {@code layer23} or {@code layer34}
 * @param monitorMillis time between two looks at the members' links
 * @param downDelayMillis for how long a member's link is down before it takes no more frames
 * @param upDelayMillis for how long it is up before it takes frames again
 * @param members in the order of {@code dpvs.conf}
 */
public record BondStatus(
        int mode,
        String transmitPolicy,
        int monitorMillis,
        int downDelayMillis,
        int upDelayMillis,
        List<Member> members) {
    public BondStatus {
        members = List.copyOf(members);
    }

    /**
     * @param name in {@code dpvs.conf}
     * @param macAddress in the low 48 bits, first byte highest
     * @param active whether it takes frames: its link is up and, in mode 4, the switch agreed
     * @param primary whether the bonding has its address
     */
    public record Member(String name, long macAddress, boolean active, boolean primary) {}

    /** Members that take frames. */
    public long active() {
        return members.stream().filter(Member::active).count();
    }
}
