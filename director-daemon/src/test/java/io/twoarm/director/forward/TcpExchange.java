package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The links between two simulated hosts and a director, with what goes wrong on links. */
final class TcpExchange {
    private static final int LIMIT_TURNS = 20_000;
    private static final long TURN_MICROS = 1000;

    private record Flight(long due, int port, byte[] frame) {}

    private final Director director;
    private final RandomGenerator random;
    private final List<Flight> ways = new ArrayList<>();

    TcpExchange(Director director, RandomGenerator random) {
        this.director = director;
        this.random = random;
    }

    /** Loses what is still on its way. */
    void forget() {
        ways.clear();
    }

    /** Lets both ends talk until they are done; trouble is on the ways to the director only. */
    void exchange(SimulatedHost client, SimulatedHost server, int percentOfTrouble) {
        exchange(client, server, percentOfTrouble, 0);
    }

    /**
     * Lets both ends talk until they are done.
     *
     * @param percentOfLoss of packets on the ways from the director
     */
    void exchange(SimulatedHost client, SimulatedHost server, int percentOfTrouble, int percentOfLoss) {
        for (int turn = 0; turn < LIMIT_TURNS && !(client.isDone() && server.isDone()); turn++) {
            launch(Director.WAN, client.send(director.now), percentOfTrouble);
            launch(Director.LAN, server.send(director.now), percentOfTrouble);
            director.now += TURN_MICROS;
            director.tick();
            land();
            for (byte[] frame : director.sent(Director.LAN)) {
                if (random.nextInt(100) >= percentOfLoss) {
                    launch(Director.LAN, server.receive(frame, director.now), percentOfTrouble);
                }
            }
            for (byte[] frame : director.sent(Director.WAN)) {
                if (random.nextInt(100) >= percentOfLoss) {
                    launch(Director.WAN, client.receive(frame, director.now), percentOfTrouble);
                }
            }
        }
        assertThat(client.receivedBytes()).as("client received").isEqualTo(client.incoming().length);
        assertThat(client.isDone()).as("client done").isTrue();
        assertThat(server.isDone()).as("server done").isTrue();
    }

    /** Packets are lost, late, or doubled on their way to the director. */
    private void launch(int port, List<String> packets, int percentOfTrouble) {
        for (String packet : packets) {
            byte[] frame = Director.frame(port, packet);
            if (random.nextInt(100) < percentOfTrouble) {
                int fate = random.nextInt(3);
                if (fate > 0) {
                    ways.add(new Flight(director.now + random.nextInt(10_000), port, frame));
                }
                if (fate > 1) {
                    ways.add(new Flight(director.now, port, frame));
                }
            } else {
                ways.add(new Flight(director.now, port, frame));
            }
        }
    }

    private void land() {
        for (int port : new int[] {Director.WAN, Director.LAN}) {
            List<byte[]> burst = new ArrayList<>();
            for (int i = 0; i < ways.size(); ) {
                if (ways.get(i).port() == port && ways.get(i).due() <= director.now && burst.size() < 32) {
                    burst.add(ways.remove(i).frame());
                } else {
                    i++;
                }
            }
            if (!burst.isEmpty()) {
                director.deliver(port, burst);
            }
        }
    }
}
