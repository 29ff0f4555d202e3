package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.host.AddressNames;
import io.twoarm.diagnose.pcap.CaptureInterface;
import io.twoarm.diagnose.pcap.PcapngWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Captured frames as one pcapng file: an interface per place, names of the topology, connections as comments. */
public final class CaptureFile {
    private CaptureFile() {}

    /**
     * Writes the file whole or not at all.
     *
     * @param points every place of the frames, in the order of the file's interfaces
     */
    public static void write(
            Path file,
            List<CapturePoint> points,
            List<SeenFrame> frames,
            List<JoinedConnection> connections,
            AddressNames names)
            throws IOException {
        Map<SeenFrame, String> comments = new IdentityHashMap<>();
        for (JoinedConnection connection : connections) {
            connection
                    .sightings()
                    .forEach(sighting -> comments.put(
                            sighting.frame(),
                            "connection " + connection.number() + ", "
                                    + sighting.leg().words()));
        }
        List<CaptureInterface> interfaces = new ArrayList<>();
        for (CapturePoint point : points) {
            int linkType = frames.stream()
                    .filter(frame -> frame.point().equals(point))
                    .mapToInt(SeenFrame::linkType)
                    .findFirst()
                    .orElse(1);
            interfaces.add(
                    new CaptureInterface(point.toString(), point.dataplane() ? "port of the dataplane" : "", linkType));
        }
        Path staged = file.resolveSibling(file.getFileName() + ".part");
        try (PcapngWriter writer = new PcapngWriter(
                new BufferedOutputStream(Files.newOutputStream(staged)), "TwoArm", interfaces, names.words())) {
            for (SeenFrame frame : frames) {
                writer.write(frame.inFile(points.indexOf(frame.point())), comments.getOrDefault(frame, ""));
            }
        } catch (IOException e) {
            Files.deleteIfExists(staged);
            throw e;
        }
        Files.move(staged, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
