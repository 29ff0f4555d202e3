package io.twoarm.bench;

import io.twoarm.director.control.Json;
import io.twoarm.director.control.client.ControlConnection;
import io.twoarm.director.dpdk.BurstFunctions;
import io.twoarm.director.dpdk.MbufPool;
import io.twoarm.director.memory.Mem;
import io.twoarm.director.memory.NativeMemory;
import io.twoarm.director.port.Mbuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a capture cannot say in handshakes through a SYN proxy, for it cannot know their numbers: clients acknowledge the
 * proxy's answers, and realservers answer its SYNs, whose local ends the director tells. Clients' SYNs come from the capture.
 */
final class ProxiedConnections {
    /** As many sessions as the director tells at once. */
    static final int MOST_FLOWS = 100_000;

    /** What is printed when all connections are established. */
    static final String OPENED = "opened";

    private static final int BURST = 32;
    private static final long BETWEEN_QUESTIONS_NANOS = 300_000_000;

    private final MbufPool pool;
    private final BurstFunctions port;
    private final int flows;
    private final Path control;
    private final Player player;
    private final long received = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long outgoing = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private final long spent = NativeMemory.ofProcess().allocate(8L * BURST, 64);
    private volatile boolean stopped;

    /** The two ends of what a realserver has to answer. */
    private record ServerSide(int realserver, int local, int localPort) {}

    /** @param control the director's control socket, which need not be there yet */
    ProxiedConnections(MbufPool pool, BurstFunctions port, int flows, Path control) {
        this.pool = pool;
        this.port = port;
        this.flows = flows;
        this.control = control;
        player = new Player(Generator.Pattern.SYN, pool);
    }

    void stop() {
        stopped = true;
    }

    void run() throws IOException {
        while (!stopped && !Files.exists(control)) {
            LockSupport.parkNanos(BETWEEN_QUESTIONS_NANOS);
        }
        if (stopped) {
            return;
        }
        try (ControlConnection director = ControlConnection.open(control)) {
            open(director);
        }
        while (!stopped) {
            receive(BETWEEN_QUESTIONS_NANOS);
        }
    }

    private void open(ControlConnection director) throws IOException {
        int established = 0;
        while (!stopped && established < flows) {
            receive(BETWEEN_QUESTIONS_NANOS);
            List<ServerSide> unanswered = new ArrayList<>();
            established = look(director.ask("sessions " + MOST_FLOWS), unanswered);
            for (int from = 0; from < unanswered.size(); from += BURST) {
                accept(unanswered.subList(from, Math.min(from + BURST, unanswered.size())));
                receive(0);
            }
        }
        System.out.println(OPENED);
    }

    /** Adds the sessions whose realserver has yet to answer; returns how many are established. */
    private static int look(Json answer, List<ServerSide> unanswered) throws IOException {
        int established = 0;
        if (!(answer instanceof Json.JsonObject object)) {
            throw new IOException("no object: " + answer.text());
        }
        if (!(object.get("sessions").orElse(null) instanceof Json.JsonArray(List<Json> sessions))) {
            // It has still to start.
            return 0;
        }
        for (Json session : sessions) {
            if (text(session, "state").equals("ESTABLISHED")) {
                established++;
            } else {
                String local = text(session, "local");
                int colon = local.indexOf(':');
                unanswered.add(new ServerSide(
                        address(text(session, "realserver")),
                        address(local),
                        Integer.parseInt(local.substring(colon + 1))));
            }
        }
        return established;
    }

    private static String text(Json session, String member) throws IOException {
        if (session instanceof Json.JsonObject object
                && object.get(member).orElse(null) instanceof Json.JsonString(String text)) {
            return text;
        }
        throw new IOException("no text " + member + " in " + session.text());
    }

    private static int address(String end) {
        int address = 0;
        for (String part : end.substring(0, end.indexOf(':')).split("\\.")) {
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    private void accept(List<ServerSide> sides) {
        if (!pool.allocate(outgoing, sides.size())) {
            return;
        }
        for (int i = 0; i < sides.size(); i++) {
            ServerSide side = sides.get(i);
            player.accept(Mem.getLong(outgoing + 8L * i), side.realserver, side.local, side.localPort);
        }
        send(sides.size());
    }

    private void send(int count) {
        int sent = port.transmit(outgoing, count);
        if (sent < count) {
            pool.free(outgoing + 8L * sent, count - sent);
        }
    }

    /** Answers what there is, and what comes within a time. */
    private void receive(long nanos) {
        long end = System.nanoTime() + nanos;
        int count;
        do {
            count = port.receive(received, BURST);
            answer(count);
            if (count == 0 && nanos > 0) {
                Thread.onSpinWait();
            }
        } while (!stopped && (count > 0 && nanos == 0 || System.nanoTime() < end));
    }

    private void answer(int count) {
        int answers = 0;
        int free = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = Mem.getLong(received + 8L * i);
            long frame = Mbuf.data(mbuf);
            int made = 0;
            int type = Mem.getUnsignedShortBE(frame + Player.TYPE);
            if (type == 0x0806) {
                made = Player.answerArp(mbuf, frame, outgoing + 8L * answers);
            } else if (type == 0x0800 && Mem.getByte(frame + Player.FLAGS) == (Player.SYN | Player.ACK)) {
                player.acknowledge(mbuf);
                Mem.putLong(outgoing + 8L * answers, mbuf);
                made = 1;
            }
            answers += made;
            if (made == 0) {
                Mem.putLong(spent + 8L * free++, mbuf);
            }
        }
        if (free > 0) {
            pool.free(spent, free);
        }
        if (answers > 0) {
            send(answers);
        }
    }
}
