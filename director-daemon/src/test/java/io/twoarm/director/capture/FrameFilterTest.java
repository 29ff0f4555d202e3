package io.twoarm.director.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter beside tcpdump (package tcpdump, {@code apt-get install tcpdump}), which makes its programs. */
class FrameFilterTest {
    private static final List<String> FRAMES = List.of(
            // TCP SYN 172.16.0.1:41244 > 10.0.96.204:80
            "02544101020102544101010108004500002800004000400626dcac1000010a0060cca11c0050000003e8000000005002faf0aa2a0000",
            // the same as a later fragment
            "02544101020102544101010108004500002800000010400626dcac1000010a0060cca11c0050000003e8000000005002faf0aa2a0000",
            // UDP 10.0.96.204:53 > 172.16.0.1:5000
            "0254410101010254410102010800450000200000400040110000" + "0a0060ccac10000100351388000c0000deadbeef",
            // ARP who-has 10.0.96.204
            "ffffffffffff0254410101010806000108000604000102544101010" + "10a0060fe0000000000000a0060cc",
            // IPv6 TCP 2001:db8::1:443 > 2001:db8::2:5000
            "02544101020102544101010186dd600000000014064020010db800000000000000000000000120010db8000000000000000000000002"
                    + "01bb13880000000100000002501000010000000000",
            // VLAN 12 with the SYN
            "0254410102010254410101018100000c08004500002800004000400626dcac1000010a0060cca11c0050000003e8000000005002faf0aa2a0000");
    private static final List<String> FILTERS = List.of(
            "tcp port 80",
            "host 10.0.96.204",
            "udp",
            "arp",
            "ip6 and tcp port 443",
            "vlan 12 and tcp port 80",
            "tcp[tcpflags] & tcp-syn != 0",
            "(tcp and host 10.0.96.204 and port 80) or (host 192.168.229.1 and port 80) or icmp",
            "len > 60",
            "portrange 50-60",
            "ip[8] * 2 = 128 and not udp",
            "ether host 02:54:41:01:01:01");

    private final long frame = NativeMemory.ofProcess().allocate(4096, 64);

    @Test
    void itTakesTheFramesThatTcpdumpTakes(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("frames.pcap"), pcap());
        for (String filter : FILTERS) {
            FrameFilter program = FrameFilter.parse(program(filter));
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < FRAMES.size(); i++) {
                if (takes(program, HexFormat.of().parseHex(FRAMES.get(i)))) {
                    taken.add(i);
                }
            }

            List<Integer> expected = tcpdump("-n", "-tt", "-r", file.toString(), filter)
                    .lines()
                    .filter(line -> line.matches("\\d+\\.\\d+ .*"))
                    .map(line -> Integer.parseInt(line.substring(0, line.indexOf('.'))))
                    .toList();
            assertThat(taken).as(filter).isEqualTo(expected);
        }
    }

    private boolean takes(FrameFilter filter, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            Mem.putByte(frame + i, bytes[i]);
        }
        return filter.takes(frame, bytes.length);
    }

    private static byte[] pcap() {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(1);
        for (int i = 0; i < FRAMES.size(); i++) {
            byte[] bytes = HexFormat.of().parseHex(FRAMES.get(i));
            file.putInt(i).putInt(0).putInt(bytes.length).putInt(bytes.length).put(bytes);
        }
        return Arrays.copyOf(file.array(), file.position());
    }

    private static String program(String filter) throws Exception {
        return tcpdump("-y", "EN10MB", "-ddd", filter)
                .lines()
                .filter(line -> line.contains(" "))
                .map(line -> line.replace(' ', ':'))
                .collect(Collectors.joining(","));
    }

    private static String tcpdump(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tcpdump"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    @Test
    void whateverIsTakenForAProgramEndsAndReadsOnlyTheFrame() {
        Random random = new Random(7);
        int programs = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int instruction = random.nextInt(6); instruction > 0; instruction--) {
                text.append("%d:%d:%d:%d,"
                        .formatted(random.nextInt(256), random.nextInt(4), random.nextInt(4), random.nextInt(40)));
            }
            text.append("6:0:0:1");
            try {
                FrameFilter.parse(text.toString()).takes(frame, 20);
                programs++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("of the filter");
            }
        }
        assertThat(programs).isGreaterThan(1000);
    }

    @Test
    void aBrokenProgramIsRefusedByNameOfTheInstruction() {
        assertThatThrownBy(() -> FrameFilter.parse("21:9:0:1,6:0:0:1"))
                .hasMessageContaining("instruction 0")
                .hasMessageContaining("21:9:0:1");
        assertThatThrownBy(() -> FrameFilter.parse("40:0:0:12")).hasMessageContaining("no return");
        assertThatThrownBy(() -> FrameFilter.parse("tcp")).hasMessageContaining("CODE:JT:JF:K");
        assertThatThrownBy(() -> FrameFilter.parse("96:0:0:16,6:0:0:1")).hasMessageContaining("instruction 0");
    }
}
