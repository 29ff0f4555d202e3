package io.twoarm.diagnose.capture;

import io.twoarm.artifact.DaemonBundle;
import io.twoarm.deploy.CommandStream;
import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.pcap.CaptureInterface;
import io.twoarm.diagnose.pcap.CapturedFrame;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import io.twoarm.diagnose.pcap.FrameReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One capture on one host, read until it ends. */
final class PointReader implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);
    /** What the kernel keeps while tcpdump waits for its turn: at 5,000 frames a second, half a second. */
    private static final int KERNEL_BUFFER_KIB = 8 * 1024;

    private static final int SOURCE_MAC = 6;
    private static final int MAC_LENGTH = 6;

    private final CapturePoint point;
    private final CommandStream stream;
    private final byte[] mac;
    private final ClockOffset clock;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean closing;

    /** Takes frames as they come. */
    interface Frames {
        void take(SeenFrame frame);
    }

    private PointReader(CapturePoint point, CommandStream stream, byte[] mac, ClockOffset clock) {
        this.point = point;
        this.stream = stream;
        this.mac = mac;
        this.clock = clock;
    }

    static PointReader open(CapturePoint point, SshConnection host, CaptureSettings settings, ClockOffset clock) {
        byte[] mac = point.dataplane() ? new byte[0] : mac(point, host);
        return new PointReader(point, host.open(command(point, settings)), mac, clock);
    }

    /** The device's own address tells what the host sends from what it gets; tcpdump's files do not. */
    private static byte[] mac(CapturePoint point, SshConnection host) {
        String text = host.run("cat", "/sys/class/net/" + point.device() + "/address")
                .stdout()
                .strip();
        return text.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")
                ? HexFormat.ofDelimiter(":").parseHex(text)
                : new byte[0];
    }

    private static RemoteCommand command(CapturePoint point, CaptureSettings settings) {
        List<String> words = point.dataplane()
                ? new ArrayList<>(List.of(
                        DaemonBundle.CONTROL_COMMAND,
                        "--snaplen",
                        Integer.toString(settings.bytesPerFrame()),
                        "capture",
                        point.device()))
                : new ArrayList<>(List.of(
                        "tcpdump",
                        "-i",
                        point.device(),
                        "-n",
                        "-p",
                        "-B",
                        Integer.toString(KERNEL_BUFFER_KIB),
                        "-U",
                        "--immediate-mode",
                        "-Z",
                        "root",
                        "--time-stamp-precision=nano",
                        "-s",
                        Integer.toString(settings.bytesPerFrame()),
                        "-w",
                        "-"));
        if (!settings.filter().isBlank()) {
            words.add(point.filter(settings.filter()));
        }
        return RemoteCommand.of(words).labelled("capture on " + point);
    }

    CapturePoint point() {
        return point;
    }

    /** Completed when frames are being taken, exceptionally when none will be. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /**
     * Reads to the end.
     *
     * @return why it ended; empty when it was closed
     */
    Optional<String> read(Frames frames) {
        try (FrameReader reader = FrameReader.of(stream.output())) {
            ready.complete(null);
            for (Optional<CapturedFrame> next = reader.next(); next.isPresent(); next = reader.next()) {
                CapturedFrame frame = next.get();
                CaptureInterface where = reader.interfaces().get(frame.interfaceIndex());
                frames.take(new SeenFrame(point, here(frame), where.linkType()));
            }
            return ended("the capture ended");
        } catch (IOException e) {
            return ended(String.valueOf(e.getMessage()));
        } finally {
            stream.close();
        }
    }

    private CapturedFrame here(CapturedFrame frame) {
        Direction direction = frame.direction();
        if (direction == Direction.UNKNOWN
                && mac.length == MAC_LENGTH
                && frame.bytes().length >= SOURCE_MAC + MAC_LENGTH) {
            boolean own = Arrays.equals(frame.bytes(), SOURCE_MAC, SOURCE_MAC + MAC_LENGTH, mac, 0, MAC_LENGTH);
            direction = own ? Direction.OUT : Direction.IN;
        }
        return new CapturedFrame(
                frame.interfaceIndex(),
                frame.nanos() - clock.nanos(),
                frame.originalLength(),
                direction,
                frame.bytes());
    }

    private Optional<String> ended(String otherwise) {
        if (closing) {
            ready.completeExceptionally(new IllegalStateException("the capture was stopped"));
            return Optional.empty();
        }
        String reason = said().orElse(otherwise);
        ready.completeExceptionally(new IllegalStateException(reason));
        return Optional.of(reason);
    }

    /** What the command said on the host when it ended by itself. */
    private Optional<String> said() {
        try {
            stream.finish();
            String said =
                    stream.ended().get(END.toMillis(), TimeUnit.MILLISECONDS).stderr();
            return said.lines()
                    .filter(line -> !line.contains("listening on") && !line.isBlank() && !line.contains("packets "))
                    .reduce((a, b) -> a + "; " + b);
        } catch (ExecutionException | TimeoutException | DeployException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closing = true;
        stream.close();
    }
}
