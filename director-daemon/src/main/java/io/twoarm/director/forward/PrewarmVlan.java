package io.twoarm.director.forward;

import static io.twoarm.director.forward.PrewarmScene.LAN;
import static io.twoarm.director.forward.PrewarmScene.OTHER_MAC;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.packet.ArpPacket;
import io.twoarm.director.packet.EthernetHeader;
import io.twoarm.director.vlan.TagProtocol;
import io.twoarm.director.vlan.VlanInterface;
import io.twoarm.director.vlan.VlanTag;

/** Frames with tags for the {@link PrewarmScene}. */
final class PrewarmVlan {
    static final VlanInterface INTERFACE = new VlanInterface("vlan", 2, LAN, TagProtocol.CUSTOMER, 7);
    static final int ADDRESS = 0xcb00_7401;
    private static final int NEIGHBOUR = ADDRESS + 1;
    private static final int UNKNOWN = 8;
    private static final int ROUNDS = 16;

    private PrewarmVlan() {}

    static void run(PrewarmScene scene) {
        for (int i = 0; i < ROUNDS; i++) {
            asked(scene, INTERFACE.id());
            asked(scene, VlanTag.PRIORITY_ONLY);
            asked(scene, UNKNOWN);
        }
    }

    private static void asked(PrewarmScene scene, int id) {
        scene.raw(LAN, ArpPacket.FRAME_SIZE + VlanTag.SIZE, frame -> {
            ArpPacket.write(frame, EthernetHeader.BROADCAST, ArpPacket.REQUEST, OTHER_MAC, NEIGHBOUR, 0, ADDRESS);
            long type = frame + EthernetHeader.TYPE_OFFSET;
            Mem.copy(type, type + VlanTag.SIZE, ArpPacket.FRAME_SIZE - EthernetHeader.TYPE_OFFSET);
            Mem.putShortBE(type, EthernetHeader.TYPE_VLAN);
            Mem.putShortBE(type + 2, id);
        });
    }
}
