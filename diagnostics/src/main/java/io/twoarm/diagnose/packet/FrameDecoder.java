package io.twoarm.diagnose.packet;

/** Reads captured frames. Whatever the bytes are, the answer is a frame: what cannot be read is said in it. */
public final class FrameDecoder {
    /** Link types of pcap files ({@code LINKTYPE_} values of tcpdump.org). */
    public static final int ETHERNET = 1;

    public static final int RAW_IP = 101;
    public static final int LINUX_COOKED = 113;
    public static final int LINUX_COOKED_V2 = 276;

    private FrameDecoder() {}

    /** Reads an Ethernet frame without FCS. */
    public static DecodedFrame ethernet(byte[] frame) {
        return decode(ETHERNET, frame);
    }

    /** @param linkType of the file or stream that the frame came in */
    public static DecodedFrame decode(int linkType, byte[] frame) {
        FieldReader in = new FieldReader(frame);
        Decoding decoding = new Decoding(in, false, 0);
        boolean cut = false;
        try {
            switch (linkType) {
                case ETHERNET -> EthernetDecoder.frame(decoding);
                case RAW_IP -> IpDecoder.packet(decoding, in.peek8(0) >> 4 == 6);
                case LINUX_COOKED -> EthernetDecoder.cooked(decoding);
                case LINUX_COOKED_V2 -> EthernetDecoder.cookedV2(decoding);
                default -> decoding.summary = "link type " + linkType + ", " + frame.length + " bytes";
            }
        } catch (CutShort e) {
            cut = true;
        }
        if (in.at() < frame.length && !cut) {
            in.endAt(frame.length);
            in.raw("trailer", in.remaining());
        }
        String line = decoding.line();
        return new DecodedFrame(
                in.fields(),
                (line.isEmpty() ? frame.length + " bytes" : line) + (cut ? " [cut short]" : ""),
                decoding.flow,
                decoding.tcp,
                decoding.quoted,
                cut);
    }
}
