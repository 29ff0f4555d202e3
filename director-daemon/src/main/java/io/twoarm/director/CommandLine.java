package io.twoarm.director;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code twoarm-director} was asked to do; the options are those of DPVS.
 *
 * @param ealArguments everything after {@code --}
 */
record CommandLine(
        Task task, Path dpvsConf, Path keepalivedConf, Path pidFile, Path socket, List<String> ealArguments) {

    static final String HELP = """
            usage: twoarm-director [options] -- [EAL arguments]

            Balances the connections of virtual services over realservers, with packets from DPDK ports.

            options:
              -c FILE   dpvs.conf: ports, workers, timeouts     (default /etc/twoarm/dpvs.conf)
              -k FILE   keepalived.conf: services, addresses    (default /etc/twoarm/keepalived.conf)
              -p FILE   process id and lock                     (default /run/twoarm/director.pid)
              -x FILE   control socket                          (default /run/twoarm/director.ipc)
              --check   check both files and exit; needs neither DPDK nor rights
              --rehearse  let packets of every kind through a director without ports, tell how fast it was, and exit;
                        needs neither DPDK nor rights
              -v        print the version and exit
              -h        print this text and exit

            EAL arguments name the ports, in the order of the devices in dpvs.conf, for example:
              -- -a 0000:03:00.0 -a 0000:03:00.1
              -- --no-pci --vdev=net_af_packet0,iface=wan,qdisc_bypass=0 --vdev=net_af_packet1,iface=lan,qdisc_bypass=0
            Without huge pages add --no-huge. Without -l, -c or --lcores the worker is not bound to a core.

            signals: SIGTERM and SIGINT stop; SIGHUP reads both files again and tells what a restart would change.
            """;

    enum Task {
        RUN,
        CHECK,
        REHEARSE,
        HELP,
        VERSION
    }

    /** A command line that makes no sense. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    static CommandLine parse(List<String> arguments) throws UsageException {
        Task task = Task.RUN;
        Path dpvsConf = Path.of("/etc/twoarm/dpvs.conf");
        Path keepalivedConf = Path.of("/etc/twoarm/keepalived.conf");
        Path pidFile = Path.of("/run/twoarm/director.pid");
        Path socket = Path.of("/run/twoarm/director.ipc");
        int end = arguments.indexOf("--");
        List<String> own = arguments.subList(0, end < 0 ? arguments.size() : end);
        List<String> eal = end < 0 ? List.of() : List.copyOf(arguments.subList(end + 1, arguments.size()));
        List<String> left = new ArrayList<>(own);
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            switch (option) {
                case "-c", "--conf" -> dpvsConf = path(option, left);
                case "-k" -> keepalivedConf = path(option, left);
                case "-p", "--pid-file" -> pidFile = path(option, left);
                case "-x", "--ipc-file" -> socket = path(option, left);
                case "--check" -> task = Task.CHECK;
                case "--rehearse" -> task = Task.REHEARSE;
                case "-v", "--version" -> task = Task.VERSION;
                case "-h", "--help" -> task = Task.HELP;
                default ->
                    throw new UsageException("unknown option \"" + option
                            + "\"; known: -c -k -p -x --check --rehearse -v -h; EAL arguments come after --");
            }
        }
        return new CommandLine(task, dpvsConf, keepalivedConf, pidFile, socket, eal);
    }

    private static Path path(String option, List<String> left) throws UsageException {
        if (left.isEmpty() || left.getFirst().isEmpty()) {
            throw new UsageException("option " + option + " needs a file");
        }
        return Path.of(left.removeFirst());
    }
}
