package io.twoarm.diagnose.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.diagnose.packet.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    private static final long TIME = 1_795_255_200_123_456_789L;
    private static final byte[] SYN = Frames.of("a SYN with the options of Linux");
    private static final byte[] ARP = Frames.of("a request by ARP");

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        List<CapturedFrame> read = new ArrayList<>();
        FrameReader reader = FrameReader.of(new ByteArrayInputStream(pcapng()));
        reader.next().ifPresent(read::add);
        reader.next().ifPresent(read::add);

        assertThat(reader.next()).isEmpty();
        assertThat(reader.interfaces())
                .containsExactly(
                        new CaptureInterface("client/eth0", "client's port", 1),
                        new CaptureInterface("director/dpdk2", "", 1));
        assertThat(read)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new CapturedFrame(0, TIME, 2000, CapturedFrame.Direction.OUT, SYN),
                        new CapturedFrame(1, TIME + 1, ARP.length, CapturedFrame.Direction.IN, ARP));
    }

    private static byte[] pcapng() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(
                file,
                "TwoArm",
                List.of(
                        new CaptureInterface("client/eth0", "client's port", 1),
                        new CaptureInterface("director/dpdk2", "", 1)),
                Map.of(InetAddress.getByName("10.0.96.204"), "web"))) {
            writer.write(new CapturedFrame(0, TIME, 2000, CapturedFrame.Direction.OUT, SYN), "connection 1");
            writer.write(new CapturedFrame(1, TIME + 1, ARP.length, CapturedFrame.Direction.IN, ARP));
        }
        return file.toByteArray();
    }

    @Test
    void tcpdumpReadsTheWrittenFile(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("capture.pcapng"), pcapng());

        String said = tcpdump("-n", "-tt", "-r", file.toString());

        assertThat(said)
                .contains("172.16.0.1.41244 > 10.0.96.204.80: Flags [S]")
                .contains("who-has 10.0.96.204")
                .contains("1795255200.123456");
    }

    /** Runs tcpdump of the package tcpdump ({@code apt-get install tcpdump}). */
    private static String tcpdump(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tcpdump"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void classicFilesOfBothByteOrdersAndResolutionsAreRead() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int magic : new int[] {PcapReader.MICROSECONDS, PcapReader.NANOSECONDS}) {
                int fraction = magic == PcapReader.NANOSECONDS ? 123_456_789 : 123_456;
                byte[] file = ByteBuffer.allocate(24 + 16 + SYN.length)
                        .order(order)
                        .putInt(magic)
                        .putShort((short) 2)
                        .putShort((short) 4)
                        .putLong(0)
                        .putInt(65535)
                        .putInt(1)
                        .putInt(1_795_255_200)
                        .putInt(fraction)
                        .putInt(SYN.length)
                        .putInt(1514)
                        .put(SYN)
                        .array();

                CapturedFrame frame =
                        FrameReader.of(new ByteArrayInputStream(file)).next().orElseThrow();

                assertThat(frame.nanos() / 1000).isEqualTo(TIME / 1000);
                assertThat(frame.bytes()).isEqualTo(SYN);
                assertThat(frame.originalLength()).isEqualTo(1514);
            }
        }
    }

    @Test
    void aStreamThatIsCutAnywhereEndsBeforeTheCut() throws IOException {
        byte[] whole = pcapng();
        for (int length = 12; length < whole.length; length++) {
            FrameReader reader = FrameReader.of(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
            int frames = 0;
            while (reader.next().isPresent()) {
                frames++;
            }
            assertThat(frames).isLessThan(2);
        }
    }

    @Test
    void brokenFilesAreRefusedWithThePlace() throws IOException {
        assertThatThrownBy(
                        () -> FrameReader.of(new ByteArrayInputStream("GET / HTTP".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("pcap or pcapng");
        byte[] file = pcapng();
        int packets = file.length;
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            byte[] changed = file.clone();
            changed[random.nextInt(packets)] = (byte) random.nextInt();
            readAll(changed);
        }
    }

    private static void readAll(byte[] file) throws IOException {
        try {
            FrameReader reader = FrameReader.of(new ByteArrayInputStream(file));
            Optional<CapturedFrame> frame = reader.next();
            while (frame.isPresent()) {
                frame = reader.next();
            }
        } catch (CaptureFormatException e) {
            assertThat(e).hasMessageContaining("at byte ");
        }
    }
}
