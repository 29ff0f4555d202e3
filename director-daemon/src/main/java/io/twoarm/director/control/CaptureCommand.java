package io.twoarm.director.control;

import io.twoarm.director.capture.FrameFilter;
import io.twoarm.director.capture.FrameRing;
import io.twoarm.director.capture.FrameStream;
import io.twoarm.director.port.PortSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code capture}: the frames of ports as they pass, as pcapng, until the connection closes. */
record CaptureCommand(DirectorView director) implements ControlCommand {
    private static final int FEWEST_BYTES = 14;
    private static final int MOST_BYTES = 65535;
    private static final long LOOK_MILLIS = 2;

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public String usage() {
        return "capture PORT[,PORT...]|all BYTES [PROGRAM]";
    }

    @Override
    public String summary() {
        return "A line that says so, then frames as pcapng, BYTES (14 to 65535) of each, that the BPF program takes.";
    }

    @Override
    public void run(List<String> arguments, Answer answer) throws ControlException, IOException, InterruptedException {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw new ControlException("usage: " + usage());
        }
        String bytes = arguments.get(1);
        int bytesPerFrame = bytes.matches("\\d{1,5}") ? Integer.parseInt(bytes) : 0;
        if (bytesPerFrame < FEWEST_BYTES || bytesPerFrame > MOST_BYTES) {
            throw new ControlException(
                    "capture takes " + FEWEST_BYTES + " to " + MOST_BYTES + " bytes of each frame; found: " + bytes);
        }
        DirectorView.Running running = director.running();
        List<String> ports = ports(arguments.getFirst(), running);
        List<FrameRing> rings = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            rings.add(new FrameRing(filter(arguments), bytesPerFrame));
        }
        answer.line(Json.object().put("stream", "pcapng").build());
        FrameStream stream = new FrameStream(ports, rings);
        int tapped = 0;
        try {
            for (; tapped < ports.size(); tapped++) {
                running.addTap(ports.get(tapped), rings.get(tapped));
            }
            answer.bytes(stream.header(bytesPerFrame));
            do {
                stream.writeTo(answer::bytes);
            } while (!director.awaitStop(LOOK_MILLIS));
        } finally {
            for (int i = 0; i < tapped; i++) {
                running.removeTap(ports.get(i), rings.get(i));
            }
        }
    }

    private static FrameFilter filter(List<String> arguments) throws ControlException {
        try {
            return arguments.size() == 3 ? FrameFilter.parse(arguments.get(2)) : FrameFilter.everything();
        } catch (IllegalArgumentException e) {
            throw new ControlException(e.getMessage());
        }
    }

    private static List<String> ports(String wanted, DirectorView.Running running) throws ControlException {
        List<String> all = running.ports().stream().map(PortSnapshot::name).toList();
        List<String> ports = wanted.equals("all") ? all : List.of(wanted.split(","));
        for (String port : ports) {
            if (!all.contains(port)) {
                throw new ControlException(
                        "there is no port \"" + port + "\"; the ports are " + String.join(" ", all) + ", or all");
            }
        }
        return ports.stream().distinct().toList();
    }
}
