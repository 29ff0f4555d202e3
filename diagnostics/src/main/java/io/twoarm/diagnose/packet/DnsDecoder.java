package io.twoarm.diagnose.packet;

/** Header and first question of a DNS message (RFC 1035). */
final class DnsDecoder {
    private static final int LONGEST_LABEL = 63;

    private DnsDecoder() {}

    static void message(Decoding decoding) {
        FieldReader in = decoding.in;
        in.group("DNS", () -> {
            in.hex("id", 2);
            int flags = in.peek16(0);
            boolean answer = (flags & 0x8000) != 0;
            in.note("flags", answer ? "answer, code " + (flags & 15) : "question", 2);
            int questions = in.u16("questions");
            int answers = in.u16("answers");
            in.u16("authorities");
            in.u16("additionals");
            String about = questions > 0 ? question(in) : "";
            in.raw("records", in.remaining());
            String line = answer
                    ? "DNS answer " + about + ", " + answers + " records, code " + (flags & 15)
                    : "DNS question " + about;
            decoding.summary += " " + line;
            return line.substring("DNS ".length());
        });
    }

    private static String question(FieldReader in) {
        StringBuilder name = new StringBuilder();
        int length = 0;
        int label = in.peek8(length);
        while (label > 0 && label <= LONGEST_LABEL) {
            in.peek8(length + label);
            name.append(in.ascii(in.at() + length + 1, label)).append('.');
            length += label + 1;
            label = in.peek8(length);
        }
        in.note("name", name.toString(), length + 1);
        int type = in.peek16(0);
        String typeName = switch (type) {
            case 1 -> "A";
            case 28 -> "AAAA";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 16 -> "TXT";
            default -> "type " + type;
        };
        in.note("type", typeName, 2);
        in.u16("class");
        return typeName + " " + name;
    }
}
