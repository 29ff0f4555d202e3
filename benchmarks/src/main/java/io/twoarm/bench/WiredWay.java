package io.twoarm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * A way from a client to a server on wires of its own, with both programs. Several can stand beside each other, so that they can
 * be measured in turns shorter than what else happens on a machine.
 */
final class WiredWay implements AutoCloseable {
    /** What is in the middle. */
    enum Middle {
        ROUTES("kernel routes"),
        NFTABLES("nftables DNAT+SNAT"),
        AF_PACKET("director, af_packet"),
        AF_XDP("director, af_xdp");

        final String description;

        Middle(String description) {
            this.description = description;
        }
    }

    /** What ends each part, the last one first. */
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private final Path log;
    private final Writer questions;
    private final BufferedReader answers;

    private WiredWay(Path home, Path folder, Middle middle) throws IOException, InterruptedException {
        log = folder.resolve("client.log");
        try {
            Wires wires = Wires.up(middle.name().toLowerCase(Locale.ROOT));
            ends.push(wires::close);
            switch (middle) {
                case ROUTES -> wires.route();
                case NFTABLES -> {
                    wires.route();
                    wires.translate();
                }
                case AF_PACKET -> direct(home, folder, wires, Wires.Driver.AF_PACKET);
                case AF_XDP -> direct(home, folder, wires, Wires.Driver.AF_XDP);
            }
            Process server = EchoPrograms.server(wires, folder);
            ends.push(server::destroyForcibly);
            int address = middle == Middle.ROUTES ? Wire.FIRST_REALSERVER : Wire.VIP;
            Process client = EchoPrograms.dialogue(wires, Wire.text(address), log);
            ends.push(client::destroyForcibly);
            questions = client.outputWriter(StandardCharsets.US_ASCII);
            answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * @param home of the director
     * @param folder for the files of this way; it is made
     */
    static WiredWay up(Path home, Path folder, Middle middle) throws IOException, InterruptedException {
        return new WiredWay(home, Files.createDirectory(folder), middle);
    }

    private void direct(Path home, Path folder, Wires wires, Wires.Driver driver)
            throws IOException, InterruptedException {
        ends.push(BenchDirector.startOnWires(home, folder, wires, driver)::close);
    }

    /**
     * Has the client measure.
     *
     * @return what {@link EchoClient} says of this part
     */
    double[] measure(EchoClient.Part part, int millis) throws IOException {
        questions.write(part + " " + millis + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the client ended; it said:\n" + Files.readString(log));
        }
        return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
