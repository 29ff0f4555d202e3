package io.twoarm.director.forward;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.InternetChecksum;
import io.twoarm.director.packet.Ipv4Header;
import io.twoarm.director.session.SessionRecord;

/** Exchange of the addresses in an IPv4 header, for the packets that do not go through {@link NetworkStage}. */
final class Ipv4Translation {
    private Ipv4Translation() {}

    /**
     * Puts new addresses into a header and corrects its checksum by the change.
     *
     * @param addresses source and destination, raw
     * @param decrementTtl whether the TTL, which is at least 1, becomes smaller by 1
     * @return change of a sum that includes both addresses
     */
    static long exchange(long ip, long addresses, boolean decrementTtl) {
        long before = Mem.getLong(ip + Ipv4Header.SOURCE_OFFSET);
        Mem.putLong(ip + Ipv4Header.SOURCE_OFFSET, addresses);
        long change = InternetChecksum.change(SessionRecord.source(before), SessionRecord.source(addresses))
                + InternetChecksum.change(SessionRecord.destination(before), SessionRecord.destination(addresses));
        long headerChange = change;
        if (decrementTtl) {
            Mem.putByte(ip + Ipv4Header.TTL_OFFSET, (byte) (Mem.getByte(ip + Ipv4Header.TTL_OFFSET) - 1));
            headerChange += Ipv4Header.TTL_STEP_CHANGE;
        }
        long checksum = ip + Ipv4Header.CHECKSUM_OFFSET;
        Mem.putShort(checksum, InternetChecksum.update(Mem.getShort(checksum), headerChange));
        return change;
    }
}
