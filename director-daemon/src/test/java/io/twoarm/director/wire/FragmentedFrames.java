package io.twoarm.director.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts whole frames into fragments and joins fragments to whole ones, for both families. */
public final class FragmentedFrames {
    private static final int ETHERNET = 14;

    private FragmentedFrames() {}

    private static String word(String text, String key, String otherwise) {
        Matcher found = Pattern.compile("(?:^|\\s)" + key + "=(\\S+)").matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }

    private static boolean isWide(byte[] frame) {
        return frame[ETHERNET] >> 4 == 6;
    }

    /**
     * Cuts a frame.
     *
     * @param words {@code split=} bytes of data in each, {@code fid=} identification, {@code order=} numbers from 1
     */
    public static List<byte[]> cut(byte[] frame, String words) {
        int size = Integer.parseInt(word(words, "split", "1480"));
        int id = Integer.parseUnsignedInt(word(words, "fid", "77"));
        int header = isWide(frame) ? 40 : 20;
        int total = frame.length - ETHERNET - header;
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start < total; start += size) {
            int length = Math.min(size, total - start);
            pieces.add(piece(frame, start, length, start + length < total, id));
        }
        String order = word(words, "order", "");
        return order.isEmpty()
                ? pieces
                : Arrays.stream(order.split(","))
                        .map(number -> pieces.get(Integer.parseInt(number) - 1))
                        .toList();
    }

    /** One fragment of a frame, wherever it begins. */
    public static byte[] piece(byte[] frame, int start, int length, boolean more, int id) {
        boolean wide = isWide(frame);
        int header = wide ? 40 : 20;
        ByteBuffer piece = ByteBuffer.allocate(ETHERNET + header + (wide ? 8 : 0) + length);
        piece.put(frame, 0, ETHERNET + header);
        if (wide) {
            piece.putShort(ETHERNET + 4, (short) (8 + length)).put(ETHERNET + 6, (byte) 44);
            piece.put(frame[ETHERNET + 6]).put((byte) 0);
            piece.putShort((short) (start | (more ? 1 : 0))).putInt(id);
        } else {
            piece.putShort(ETHERNET + 2, (short) (20 + length)).putShort(ETHERNET + 4, (short) id);
            piece.putShort(ETHERNET + 6, (short) ((more ? 0x2000 : 0) | start / 8))
                    .putShort(ETHERNET + 10, (short) 0);
            piece.putShort(ETHERNET + 10, (short) ~WireSum.of(piece.array(), ETHERNET, 20, 0));
        }
        return piece.put(frame, ETHERNET + header + start, length).array();
    }

    /** Takes fragments of one packet off a queue until it is whole; null when it does not become so. */
    public static byte[] join(Queue<byte[]> frames) {
        byte[] whole = null;
        int covered = 0;
        int total = -1;
        String key = "";
        byte next = 0;
        while (covered != total) {
            byte[] frame = frames.poll();
            if (frame == null) {
                return null;
            }
            boolean wide = isWide(frame);
            ByteBuffer at = ByteBuffer.wrap(frame);
            int header = wide ? 40 : 20;
            int data = ETHERNET + header + (wide ? 8 : 0);
            int field = at.getShort(wide ? ETHERNET + 42 : ETHERNET + 6) & 0xffff;
            int start = wide ? field & 0xfff8 : (field & 0x1fff) * 8;
            boolean more = (field & (wide ? 1 : 0x2000)) != 0;
            String found = wide ? "6/" + at.getInt(ETHERNET + 44) : "4/" + at.getShort(ETHERNET + 4);
            if (whole == null) {
                whole = Arrays.copyOf(frame, 1 << 17);
                key = found;
                next = wide ? frame[ETHERNET + 40] : 0;
            } else if (!key.equals(found)) {
                throw new AssertionError("fragment of " + found + " among those of " + key);
            }
            if (PacketReader.words(frame).getFirst().equals("frag") && start != covered) {
                throw new AssertionError("fragment at " + start + " behind " + covered + " bytes");
            }
            System.arraycopy(frame, data, whole, ETHERNET + header + start, frame.length - data);
            covered += frame.length - data;
            total = more ? total : start + frame.length - data;
        }
        return finished(Arrays.copyOf(whole, ETHERNET + (isWide(whole) ? 40 : 20) + total), next);
    }

    private static byte[] finished(byte[] whole, byte next) {
        ByteBuffer at = ByteBuffer.wrap(whole);
        if (isWide(whole)) {
            at.putShort(ETHERNET + 4, (short) (whole.length - ETHERNET - 40)).put(ETHERNET + 6, next);
        } else {
            at.putShort(ETHERNET + 2, (short) (whole.length - ETHERNET)).putShort(ETHERNET + 6, (short) 0);
            at.putShort(ETHERNET + 10, (short) 0);
            at.putShort(ETHERNET + 10, (short) ~WireSum.of(whole, ETHERNET, 20, 0));
        }
        return whole;
    }
}
