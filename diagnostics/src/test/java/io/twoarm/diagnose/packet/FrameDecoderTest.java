package io.twoarm.diagnose.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDecoderTest {
    private static final long SEED = 20261121;

    static List<Frames> frames() {
        return Frames.all();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameIsToldInOneLine(Frames frame) {
        assertThat(FrameDecoder.ethernet(frame.bytes()).summary()).isEqualTo(frame.summary());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyByteOfAFrameBelongsToAField(Frames frame) {
        DecodedFrame decoded = FrameDecoder.ethernet(frame.bytes());

        boolean[] covered = new boolean[frame.bytes().length];
        decoded.layers().stream()
                .flatMap(Field::all)
                .filter(field -> field.parts().isEmpty())
                .forEach(field -> Arrays.fill(covered, field.offset(), field.offset() + field.length(), true));
        assertThat(covered).doesNotContain(false);
        assertThat(decoded.cutShort()).isFalse();
        assertNested(decoded, frame.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyPrefixOfAFrameIsReadAsFarAsItGoes(Frames frame) {
        for (int length = 0; length < frame.bytes().length; length++) {
            byte[] prefix = Arrays.copyOf(frame.bytes(), length);
            assertNested(FrameDecoder.ethernet(prefix), length);
        }
    }

    @Test
    void changedAndRandomBytesAreReadWithoutAnException() {
        RandomGenerator random = new Random(SEED);
        List<Frames> frames = Frames.all();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = frames.get(random.nextInt(frames.size())).bytes().clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertNested(FrameDecoder.ethernet(bytes), bytes.length);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            for (int linkType : new int[] {1, 101, 113, 276, 9}) {
                assertNested(FrameDecoder.decode(linkType, noise), noise.length);
            }
        }
    }

    @Test
    void tunnelsInTunnelsEndSomewhere() {
        byte[] header = Arrays.copyOfRange(Frames.of("IPv4 in IPv4"), 14, 34);
        byte[] packet = new byte[60_000];
        for (int at = 0; at + header.length <= packet.length; at += header.length) {
            System.arraycopy(header, 0, packet, at, header.length);
            packet[at + 2] = (byte) ((packet.length - at) >> 8);
            packet[at + 3] = (byte) (packet.length - at);
        }

        assertThat(FrameDecoder.decode(FrameDecoder.RAW_IP, packet).layers()).hasSizeLessThan(20);
    }

    private static void assertNested(DecodedFrame decoded, int length) {
        decoded.layers().forEach(layer -> assertWithin(layer, 0, length));
        assertThat(decoded.summary()).isNotNull();
    }

    private static void assertWithin(Field field, int from, int to) {
        boolean within = field.offset() >= from && field.length() >= 0 && field.offset() + field.length() <= to;
        assertThat(within).as("%s lies within %d to %d", field, from, to).isTrue();
        field.parts().forEach(part -> assertWithin(part, field.offset(), field.offset() + field.length()));
    }

    @Test
    void bothKindsAndLengthsOfTheClientAddressOptionNameTheClient() {
        assertThat(client("data with a TOA option of kind 254")).hasToString("172.16.0.1:41244");
        assertThat(client("an IPv6 client in a TOA option of kind 253")).hasToString("[2001:db8:c::1]:9684");
        assertThat(client("an IPv6 client in a TOA option of kind 254")).hasToString("[2001:db8:c::1]:9684");
    }

    private static Endpoint client(String description) {
        return FrameDecoder.ethernet(Frames.of(description))
                .tcp()
                .orElseThrow()
                .client()
                .orElseThrow();
    }

    @Test
    void anErrorTellsTheFlowOfThePacketThatItQuotes() {
        DecodedFrame decoded = FrameDecoder.ethernet(Frames.of("too big, quoting eight bytes of TCP"));

        assertThat(decoded.quoted()).hasToString("Optional[10.0.96.204:80 → 172.16.0.1:41244]");
        assertThat(decoded.flow().orElseThrow().protocol()).isEqualTo(Flow.ICMP);
        assertThat(decoded.cutShort()).isFalse();
    }

    @Test
    void aWrongChecksumIsShownWithTheRightOne() {
        assertThat(checksum("a wrong checksum")).isEqualTo("0x8df5 (wrong; right is 0x8cf5)");
        assertThat(checksum("a SYN with the options of Linux")).endsWith("(right)");
    }

    private static String checksum(String description) {
        return FrameDecoder.ethernet(Frames.of(description))
                .layer("TCP")
                .flatMap(tcp -> tcp.part("checksum"))
                .orElseThrow()
                .value();
    }

    @Test
    void everyChecksumOfTheFixturesIsRightButTheOneMeantToBeWrong() {
        Frames.all().stream()
                .filter(frame -> !frame.description().equals("a wrong checksum"))
                .forEach(
                        frame -> assertThat(FrameDecoder.ethernet(frame.bytes()).text())
                                .as(frame.description())
                                .doesNotContain("(wrong"));
    }

    @Test
    void anEndpointIsReadBackFromItsText() {
        for (String text : List.of("172.16.0.1:41244", "[2001:db8:c::1]:9684")) {
            assertThat(Endpoint.parse(text)).hasToString(text);
        }
    }
}
