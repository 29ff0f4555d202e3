package io.twoarm.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A capture on a lab's wire. It ends when it is closed, and with the lab. */
public final class Capture implements AutoCloseable {
    private final Process process;

    private Capture(Process process) {
        this.process = process;
    }

    /** Returns when frames are being captured. */
    static Capture start(RunDirectory run, LabMode mode, String wire, String filter) {
        List<String> arguments = new ArrayList<>(List.of(wire));
        if (!filter.isBlank()) {
            arguments.add(filter);
        }
        Command command = PodCommand.of(run, mode, Script.CAPTURE, false, arguments);
        List<String> said = new ArrayList<>();
        try {
            Process process = command.builder().start();
            BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.contains("listening on")) {
                    return new Capture(process);
                }
                said.add(line);
                if (!process.isAlive() || line.startsWith("tcpdump:") && !line.contains("warning")) {
                    process.getOutputStream().close();
                }
            }
        } catch (IOException e) {
            said.add(e.getMessage());
        }
        throw new LabException(
                "the capture did not start", "lab " + run.name() + ", wire " + wire, "see what tcpdump says", said);
    }

    /** The frames as a pcap stream, each within milliseconds of its passing. It ends with the capture. */
    public InputStream pcap() {
        return process.getInputStream();
    }

    /** Ends the capture. What has passed until now can still be read from {@link #pcap}, which ends then. */
    public void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Ends the capture and returns when it has ended. What was not read is lost. */
    @Override
    public void close() {
        end();
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The stream was closed by whoever read it.
        }
        process.onExit().join();
    }
}
