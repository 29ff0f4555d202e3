package io.twoarm.director.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.report.Counter;
import io.twoarm.director.service.ForwardingMode;
import io.twoarm.director.service.LocalAddressStatus;
import io.twoarm.director.service.RealserverDefinition;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.wire.PacketReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FTP in active mode: the client announces a port, the realserver connects to what it was told instead. */
class ActiveFtpTest {
    private static final int START = 1000;
    private static final int SERVER_START = 5000;

    /** Client, VIP, local address and realserver of a way. */
    private enum Way {
        FULLNAT_44("172.16.0.1", "10.0.96.204", "192.168.229.204", "192.168.229.1"),
        FULLNAT_66("2001:db8:1::1", "2001:db8:96::204", "2001:db8:229::204", "2001:db8:229::1"),
        NAT64("2001:db8:1::1", "2001:db8:96::64", "192.168.229.204", "192.168.229.1"),
        FULLNAT_46("172.16.0.1", "10.0.96.205", "2001:db8:229::204", "2001:db8:229::1"),
        NAT_44("172.16.0.1", "10.0.96.204", "", "192.168.229.1"),
        NAT_66("2001:db8:1::1", "2001:db8:96::204", "", "2001:db8:229::1");

        private final String client;
        private final String vip;
        private final String local;
        private final String realserver;

        Way(String client, String vip, String local, String realserver) {
            this.client = client;
            this.vip = vip;
            this.local = local.isEmpty() ? client : local;
            this.realserver = realserver;
        }

        private boolean isNat() {
            return local.equals(client);
        }

        private ServiceDefinition service() {
            RealserverDefinition member = new RealserverDefinition(
                            IpAddress.parse(realserver), 21, 1, false, Optional.empty())
                    .withMode(isNat() ? ForwardingMode.NAT : ForwardingMode.FULLNAT);
            return new ServiceDefinition(
                    IpAddress.parse(vip),
                    21,
                    Protocol.TCP,
                    false,
                    Optional.empty(),
                    isNat() ? List.of() : List.of(IpAddress.parse(local)),
                    List.of(member));
        }

        private ForwardingTables tables(ForwardingTables standard) {
            ForwardingTables wide = DirectorTables.withIpv6(standard);
            List<ServiceDefinition> services = new ArrayList<>(wide.services());
            services.add(service());
            return DirectorTables.services(wide, services.toArray(ServiceDefinition[]::new));
        }

        /** The command by which a client of this family announces a port. */
        private String command(int port) {
            return client.contains(":")
                    ? "EPRT |2|" + client + "|" + port + "|\r\n"
                    : "PORT " + client.replace('.', ',') + "," + port / 256 + "," + port % 256 + "\r\n";
        }
    }

    /** A control connection that is open. */
    private final class Control {
        private final Director director;
        private final Way way;
        private final int clientPort;
        private final String local;
        private final int first;

        Control(Way way, int clientPort, Director director) {
            this.way = way;
            this.clientPort = clientPort;
            this.director = director;
            List<String> syn = pass(Director.WAN, client(clientPort), vip(21), "S seq=" + START);
            local = syn.get(1);
            first = (int) number(syn, "seq") + 1;
            pass(Director.LAN, server(21), local, "SA seq=" + SERVER_START + " ack=" + first);
            pass(Director.WAN, client(clientPort), vip(21), "A seq=" + (START + 1) + " ack=" + (SERVER_START + 1));
        }

        private String client(int port) {
            return end(way.client, port);
        }

        private String vip(int port) {
            return end(way.vip, port);
        }

        private String server(int port) {
            return end(way.realserver, port);
        }

        /** Sends a segment through the director; returns what comes out on the other side. */
        private List<String> pass(int port, String from, String to, String rest) {
            director.deliver(port, "tcp " + from + " > " + to + " " + rest);
            List<byte[]> sent = director.sent(1 - port);
            assertThat(sent).as("segment " + rest).hasSize(1);
            return PacketReader.words(sent.getFirst());
        }

        /** Says a line at an offset; returns what the realserver gets. */
        private List<String> say(int offset, String line) {
            String hex = HexFormat.of().formatHex(line.getBytes(StandardCharsets.US_ASCII));
            String numbers = "PA seq=" + (START + 1 + offset) + " ack=" + (SERVER_START + 1);
            return pass(Director.WAN, client(clientPort), vip(21), numbers + " hex=" + hex);
        }

        /** The realserver acknowledges up to a number of its own; returns the number that the client gets, from its first. */
        private long acknowledge(long number) {
            List<String> words =
                    pass(Director.LAN, server(21), local, "A seq=" + (SERVER_START + 1) + " ack=" + number);
            return number(words, "ack") - START - 1;
        }

        /** A data connection from the realserver to the announced port, with data both ways. */
        private void transfer(String announced, int clientDataPort) {
            String opens = "S seq=" + 7000 + " mss=1400";
            List<String> syn = pass(Director.LAN, server(20), announced, opens);
            assertThat(syn).contains(vip(20), client(clientDataPort), "S", "seq=7000");
            List<String> answer = pass(Director.WAN, client(clientDataPort), vip(20), "SA seq=8000 ack=7001");
            assertThat(answer).contains(announced, server(20), "SA", "seq=8000", "ack=7001");
            List<String> data = pass(Director.LAN, server(20), announced, "PA seq=7001 ack=8001 len=900");
            assertThat(data).contains(vip(20), client(clientDataPort), "len=900");
            List<String> fin = pass(Director.WAN, client(clientDataPort), vip(20), "FA seq=8001 ack=7901");
            assertThat(fin).contains(announced, server(20), "seq=8001", "ack=7901");
        }
    }

    private static String end(String address, int port) {
        return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
    }

    private static long number(List<String> words, String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .mapToLong(word -> Long.parseLong(word.substring(key.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String text(List<String> words) {
        String hex = words.stream()
                .filter(word -> word.startsWith("data="))
                .findFirst()
                .orElseThrow()
                .substring("data=".length());
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
    }

    /** Address and port that a command announces, as an end in a packet's words. */
    private static String announced(String line) throws UnknownHostException {
        Matcher extended =
                Pattern.compile("EPRT \\|2\\|([0-9a-f:]+)\\|(\\d+)\\|\r\n").matcher(line);
        if (extended.matches()) {
            InetAddress address = InetAddress.getByName(extended.group(1));
            return end(IpAddress.of(address).toString(), Integer.parseInt(extended.group(2)));
        }
        Matcher plain =
                Pattern.compile("PORT (\\d+,\\d+,\\d+,\\d+),(\\d+),(\\d+)\r\n").matcher(line);
        assertThat(plain.matches()).as(line).isTrue();
        int port = Integer.parseInt(plain.group(2)) * 256 + Integer.parseInt(plain.group(3));
        return end(plain.group(1).replace(',', '.'), port);
    }

    private static Director director(Way way) {
        return Director.with(way::tables);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theRealserverReachesTheClientAtThePortThatItIsTold(Way way) throws UnknownHostException {
        Director director = director(way);
        Control control = new Control(way, 40_000, director);
        List<String> told = control.say(0, way.command(50_000));
        assertThat(number(told, "seq")).isEqualTo(control.first);
        String announced = announced(text(told));
        assertThat(announced).startsWith(way.local.contains(":") ? "[" + way.local + "]:" : way.local + ":");
        control.transfer(announced, 50_000);
        assertThat(director.count(Counter.FTP_ANNOUNCED)).isEqualTo(1);
        assertThat(director.count(Counter.FTP_CONNECTED)).isEqualTo(1);
        assertThat(director.count(Counter.SESSIONS_CREATED)).isEqualTo(2);
        director.pass(Duration.ofSeconds(200));
        assertThat(director.view().sessionCount()).isZero();
        director.sent(Director.WAN);
        director.sent(Director.LAN);
        director.checkBuffers();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"FULLNAT_44", "FULLNAT_66", "NAT64", "FULLNAT_46"})
    void numbersBehindTheLineMoveAndAcknowledgmentsMoveBack(Way way) {
        Control control = new Control(way, 40_000, director(way));
        String command = way.command(50_000);
        int sent = command.length();
        int told = text(control.say(0, command)).length();
        assertThat(number(control.say(sent, "LIST\r\n"), "seq")).isEqualTo(control.first + (long) told);
        assertThat(control.acknowledge(control.first)).isZero();
        assertThat(control.acknowledge(control.first + 3L))
                .as("a part of the line is none of it")
                .isZero();
        assertThat(control.acknowledge(control.first + (long) told)).isEqualTo(sent);
        assertThat(control.acknowledge(control.first + (long) told + 6)).isEqualTo(sent + 6L);
        // The next command adds its own growth.
        int second = text(control.say(sent + 6, way.command(7))).length();
        int sentThen = sent + 6 + way.command(7).length();
        List<String> behind = control.say(sentThen, "QUIT\r\n");
        assertThat(number(behind, "seq")).isEqualTo(control.first + (long) told + 6 + second);
        assertThat(control.acknowledge(control.first + (long) told + 6 + second + 6))
                .isEqualTo(sentThen + 6L);
    }

    @Test
    void selectiveAcknowledgmentsOfLaterLinesMoveBackToo() {
        Way way = Way.FULLNAT_44;
        Control control = new Control(way, 40_000, director(way));
        String command = way.command(50_000);
        int told = text(control.say(0, command)).length();
        control.say(command.length(), "LIST\r\n");
        long from = control.first + (long) told;
        List<String> words = control.pass(
                Director.LAN,
                control.server(21),
                control.local,
                "A seq=" + (SERVER_START + 1) + " ack=" + control.first + " sack=" + from + "-" + (from + 6)
                        + " nop nop");
        int start = START + 1 + command.length();
        assertThat(words).contains("sack=" + start + "-" + (start + 6));
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"FULLNAT_44", "FULLNAT_66", "NAT64", "FULLNAT_46"})
    void aLineThatComesAgainIsTheSameAgain(Way way) {
        Director director = director(way);
        Control control = new Control(way, 40_000, director);
        List<String> first = control.say(0, way.command(50_000));
        List<String> again = control.say(0, way.command(50_000));
        assertThat(text(again)).isEqualTo(text(first));
        assertThat(number(again, "seq")).isEqualTo(number(first, "seq"));
        assertThat(director.count(Counter.FTP_ANNOUNCED)).isEqualTo(1);
    }

    @Test
    void anAddressThatIsNotTheClientsIsLeftAlone() {
        Way way = Way.FULLNAT_44;
        Director director = director(way);
        Control control = new Control(way, 40_000, director);
        String line = "PORT 172,16,0,9,195,80\r\n";
        assertThat(text(control.say(0, line))).isEqualTo(line);
        for (String other : List.of(
                "PORT 172,16,0,1,195\r\n", "PORT 172,16,0,1,0,0\r\n", "PORT 172,16,0,1,195,80", "EPRT |3|a|1|\r\n")) {
            assertThat(text(control.say(0, other))).isEqualTo(other);
        }
        assertThat(director.count(Counter.FTP_ANNOUNCED)).isZero();
    }

    @Test
    void anIpv4ClientMaySayEprt() throws UnknownHostException {
        Way way = Way.FULLNAT_44;
        Control control = new Control(way, 40_000, director(way));
        String announced = announced(text(control.say(0, "eprt |1|172.16.0.1|50000|\r\n")));
        control.transfer(announced, 50_000);
    }

    @Test
    void nobodyElseMayConnectAndOnlyWithinAMinute() throws UnknownHostException {
        Way way = Way.FULLNAT_44;
        Director director = director(way);
        Control control = new Control(way, 40_000, director);
        String announced = announced(text(control.say(0, way.command(50_000))));
        director.deliver(Director.LAN, "tcp 192.168.229.2:20 > " + announced + " S seq=1");
        assertThat(PacketReader.words(director.sent(Director.LAN).getFirst())).contains("RA");
        director.pass(Duration.ofSeconds(61));
        director.deliver(Director.LAN, "tcp 192.168.229.1:20 > " + announced + " S seq=1");
        assertThat(PacketReader.words(director.sent(Director.LAN).getFirst())).contains("RA");
        assertThat(director.count(Counter.FTP_CONNECTED)).isZero();
    }

    @Test
    void announcedPortsTakeNoneOfThoseForOtherFlows() throws UnknownHostException {
        Way way = Way.FULLNAT_44;
        Director director = director(way);
        Control control = new Control(way, 40_000, director);
        int offset = 0;
        for (int i = 0; i < 2 * ActiveConnections.MOST; i++) {
            String line = way.command(50_000 + i);
            control.say(offset, line);
            offset += line.length();
        }
        control.transfer(announced(text(control.say(offset, way.command(60_000)))), 60_000);
        director.pass(Duration.ofSeconds(20));
        int used = director.view().localAddresses().stream()
                .filter(pool -> pool.realserverPort() == 21)
                .mapToInt(LocalAddressStatus::used)
                .sum();
        assertThat(used).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"FULLNAT_44", "FULLNAT_66", "NAT64", "FULLNAT_46"})
    void twoWorkersMeetBothConnectionsOfAClient(Way way) throws UnknownHostException {
        Director director = Director.ofTwoWorkers(way::tables);
        for (int i = 0; i < 16; i++) {
            Control control = new Control(way, 40_000 + i, director);
            control.transfer(announced(text(control.say(0, way.command(50_000 + i)))), 50_000 + i);
        }
        assertThat(director.count(Counter.FTP_CONNECTED)).isEqualTo(16);
    }

    @Test
    void twoWorkersMeetPassiveConnectionsToo() {
        UnaryOperator<ForwardingTables> tables = Way.FULLNAT_44::tables;
        Director director = Director.ofTwoWorkers(tables);
        for (int i = 0; i < 16; i++) {
            Control control = new Control(Way.FULLNAT_44, 40_000 + i, director);
            String line = HexFormat.of()
                    .formatHex(("229 Extended (|||" + (50_000 + i) + "|)\r\n").getBytes(StandardCharsets.US_ASCII));
            String numbers = "PA seq=" + (SERVER_START + 1) + " ack=" + control.first;
            control.pass(Director.LAN, control.server(21), control.local, numbers + " hex=" + line);
            String local = control.pass(Director.WAN, control.client(45_000 + i), control.vip(50_000 + i), "S seq=1")
                    .get(1);
            List<String> answer = control.pass(Director.LAN, control.server(50_000 + i), local, "SA seq=1 ack=1");
            assertThat(answer).contains(control.client(45_000 + i));
        }
        assertThat(director.count(Counter.FTP_CONNECTED)).isEqualTo(16);
    }
}
