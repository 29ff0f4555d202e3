package io.twoarm.director.neighbour;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.EthernetHeader;
import java.util.ArrayList;
import java.util.List;

/** Lists neighbours for other threads while the worker goes on. */
public final class NeighbourReader {
    private static final NeighbourState[] STATES = NeighbourState.values();

    private final NeighbourTable table;

    public NeighbourReader(NeighbourTable table) {
        this.table = table;
    }

    /** All neighbours that were ever asked, seen or given. */
    public List<NeighbourStatus> list() {
        List<NeighbourStatus> found = new ArrayList<>();
        int count = table.highest();
        for (int number = 0; number < count; number++) {
            long record = table.record(number);
            NeighbourState state = STATES[Mem.getInt(record + NeighbourRecord.STATE_OFFSET)];
            if (state != NeighbourState.FREE && state != NeighbourState.IDLE) {
                found.add(new NeighbourStatus(
                        table.address(number),
                        Mem.getShort(record + NeighbourRecord.PORT_OFFSET) & 0xffff,
                        EthernetHeader.address(record),
                        state,
                        Mem.getInt(record + NeighbourRecord.GIVEN_OFFSET) != 0,
                        Mem.getInt(record + NeighbourRecord.REFERENCES_OFFSET),
                        Mem.getInt(record + NeighbourRecord.WAITING_OFFSET)));
            }
        }
        return found;
    }
}
