package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.vlan.VlanInterface;
import java.util.Arrays;

/** Frames with a VLAN tag (IEEE 802.1Q), as tests write and read them. */
final class TaggedFrame {
    private static final int ADDRESSES = 12;
    private static final int TAG = 4;

    private TaggedFrame() {}

    /** A frame with a tag; one that is too short for it stays as it is. */
    static byte[] of(byte[] frame, int type, int control) {
        if (frame.length < ADDRESSES) {
            return frame;
        }
        byte[] tagged = Arrays.copyOf(frame, frame.length + TAG);
        System.arraycopy(frame, ADDRESSES, tagged, ADDRESSES + TAG, frame.length - ADDRESSES);
        tagged[ADDRESSES] = (byte) (type >> 8);
        tagged[ADDRESSES + 1] = (byte) type;
        tagged[ADDRESSES + 2] = (byte) (control >> 8);
        tagged[ADDRESSES + 3] = (byte) control;
        return tagged;
    }

    /** A frame without its tag, which must be the VLAN's, of priority 0. */
    static byte[] withoutTag(byte[] frame, VlanInterface vlan) {
        byte[] bare = Arrays.copyOf(frame, frame.length - TAG);
        System.arraycopy(frame, ADDRESSES + TAG, bare, ADDRESSES, bare.length - ADDRESSES);
        assertThat(frame).isEqualTo(of(bare, vlan.protocol().type(), vlan.id()));
        return bare;
    }
}
