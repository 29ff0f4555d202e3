package io.twoarm.diagnose.probe;

import io.twoarm.deploy.CommandResult;
import io.twoarm.deploy.RemoteCommand;
import io.twoarm.diagnose.capture.CaptureListener;
import io.twoarm.diagnose.capture.CapturePoint;
import io.twoarm.diagnose.capture.CaptureSettings;
import io.twoarm.diagnose.capture.ConnectionJoin;
import io.twoarm.diagnose.capture.JoinedConnection;
import io.twoarm.diagnose.capture.LiveCapture;
import io.twoarm.diagnose.capture.SeenFrame;
import io.twoarm.diagnose.capture.ServiceFilter;
import io.twoarm.diagnose.capture.SessionTables;
import io.twoarm.diagnose.host.HostAccess;
import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.model.VirtualService;
import java.time.Duration;
import java.util.List;

/**
 * Connections from a client to a service, watched everywhere.
 *
 * @param answered how many came about
 * @param joined what was seen of them
 */
record TestConnections(int sent, int answered, List<JoinedConnection> joined) {
    private static final int MOST_FRAMES = 20_000;
    private static final int SECONDS_PER_CONNECTION = 2;

    // time_connect is 0 unless the handshake was completed.
    private static final String CONNECT = """
            i=0
            while [ $i -lt "$2" ]; do
                curl --silent --output /dev/null --max-time "$3" --write-out '%{time_connect}\\n' "http://$1/"
                i=$((i + 1))
            done
            """;

    static TestConnections make(HostAccess hosts, VirtualService service, String client, int count) {
        List<CapturePoint> points = CapturePoint.of(hosts.topology(), service);
        ConnectionJoin join = new ConnectionJoin(hosts.topology(), points, MOST_FRAMES);
        CaptureListener listener = new CaptureListener() {
            @Override
            public void frames(List<SeenFrame> frames) {
                synchronized (join) {
                    frames.forEach(join::add);
                }
            }
        };
        CaptureSettings settings = CaptureSettings.STANDARD.withFilter(ServiceFilter.of(hosts.topology(), service));
        String target = new Endpoint(service.vip(), service.servicePort()).toString();
        int answered;
        LiveCapture capture = LiveCapture.start(hosts, points, settings, listener);
        try {
            CommandResult result = hosts.open(client)
                    .run(RemoteCommand.script(
                                    CONNECT,
                                    List.of(target, Integer.toString(count), Integer.toString(SECONDS_PER_CONNECTION)))
                            .labelled("connections to " + target)
                            .withLimit(Duration.ofSeconds(10L + (long) count * SECONDS_PER_CONNECTION)));
            answered = (int) result.stdout()
                    .lines()
                    .filter(line -> line.matches("[0-9.]+") && Double.parseDouble(line) > 0)
                    .count();
            hosts.topology().directorsNamed(service.director()).forEach(director -> {
                var sessions = SessionTables.read(hosts, director);
                synchronized (join) {
                    join.sessions(sessions);
                }
            });
        } finally {
            capture.stop();
        }
        List<JoinedConnection> ofClients = join.connections().stream()
                .filter(connection ->
                        connection.translation().virtual().address().equals(service.vip()))
                .toList();
        return new TestConnections(count, answered, ofClients);
    }
}
