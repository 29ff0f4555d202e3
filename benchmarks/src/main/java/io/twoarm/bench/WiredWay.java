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

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path log;
    private final Writer questions;
    private final BufferedReader answers;

    private WiredWay(Path home, Path folder, Middle middle) throws IOException, InterruptedException {
        log = folder.resolve("client.log");
        try {
            Wires wires = keep(Wires.up(middle.name().toLowerCase(Locale.ROOT)));
            switch (middle) {
                case ROUTES -> wires.route();
                case NFTABLES -> {
                    wires.route();
                    wires.translate();
                }
                case AF_PACKET -> keep(BenchDirector.startOnWires(home, folder, wires, Wires.Driver.AF_PACKET));
                case AF_XDP -> keep(BenchDirector.startOnWires(home, folder, wires, Wires.Driver.AF_XDP));
            }
            Process server = EchoPrograms.server(wires, folder);
            keep(() -> server.destroyForcibly());
            int address = middle == Middle.ROUTES ? Wire.FIRST_REALSERVER : Wire.VIP;
            Process client = EchoPrograms.dialogue(wires, Wire.text(address), log);
            keep(() -> client.destroyForcibly());
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

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
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
    public void close() throws IOException {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
