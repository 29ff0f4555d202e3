package io.twoarm.director.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The daemon's own commands. */
public final class DirectorCommands {
    private static final double SHORTEST_WATCH_SECONDS = 0.1;
    private static final double LONGEST_WATCH_SECONDS = 3600;

    private DirectorCommands() {}

    /** @param tools further commands */
    public static CommandRegistry of(DirectorView director, List<ControlCommand> tools) {
        List<ControlCommand> commands = new ArrayList<>(own(director));
        commands.addAll(tools);
        return new CommandRegistry(commands);
    }

    private static List<ControlCommand> own(DirectorView director) {
        return List.of(
                new Question("status", "State, version, uptime, workers and buffers.", () -> Reports.status(director)),
                new Question(
                        "counters",
                        "Every packet by what became of it, and events.",
                        () -> Reports.counters(director.running())),
                new Question(
                        "services",
                        "Virtual services and their realservers.",
                        () -> Reports.services(director.running())),
                new Question(
                        "translation",
                        "Prefix and address mappings of stateless translation.",
                        () -> TranslationReport.of(director.running().tables().mappings())),
                new Nat64Command(director),
                new MappingsCommand(director),
                new Sessions(director),
                new Question(
                        "neighbours",
                        "Neighbours with their Ethernet addresses.",
                        () -> Reports.neighbours(director.running())),
                new Question(
                        "ports", "Ports with link, address and counters.", () -> Reports.ports(director.running())),
                new Question(
                        "reload",
                        "Reads and checks both files, and puts into force what needs no restart.",
                        () -> Reports.lines(director.reload())),
                new Question("stop", "Stops the director.", () -> stop(director)),
                new CaptureCommand(director),
                new Watch(director));
    }

    private static Json stop(DirectorView director) {
        director.stop();
        return Json.object().put("stopping", true).build();
    }

    /** Where an answer comes from. */
    private interface Source {
        Json get() throws ControlException;
    }

    /** A command without arguments that answers with one line. */
    private record Question(String name, String summary, Source source) implements ControlCommand {
        @Override
        public String usage() {
            return name;
        }

        @Override
        public void run(List<String> arguments, Answer answer) throws ControlException, IOException {
            if (!arguments.isEmpty()) {
                throw new ControlException(name + " takes no argument; found: " + String.join(" ", arguments));
            }
            answer.line(source.get());
        }
    }

    /** Sessions, as many as asked for. */
    private record Sessions(DirectorView director) implements ControlCommand {
        private static final int DEFAULT_LIMIT = 100;
        private static final int HIGHEST_LIMIT = 100_000;

        @Override
        public String name() {
            return "sessions";
        }

        @Override
        public String usage() {
            return "sessions [LIMIT]";
        }

        @Override
        public String summary() {
            return "Sessions, at most LIMIT (1 to 100000, default 100), and how many there are.";
        }

        @Override
        public void run(List<String> arguments, Answer answer) throws ControlException, IOException {
            int limit = DEFAULT_LIMIT;
            if (!arguments.isEmpty()) {
                String text = arguments.getFirst();
                limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
                if (arguments.size() > 1 || limit < 1 || limit > HIGHEST_LIMIT) {
                    throw new ControlException("sessions takes one number, 1 to " + HIGHEST_LIMIT + "; found: "
                            + String.join(" ", arguments));
                }
            }
            answer.line(Reports.sessions(director.running(), limit));
        }
    }

    /** One line per interval until the client goes. */
    private record Watch(DirectorView director) implements ControlCommand {
        @Override
        public String name() {
            return "watch";
        }

        @Override
        public String usage() {
            return "watch SECONDS";
        }

        @Override
        public String summary() {
            return "One line per interval with rates, sessions and drops, until the connection closes.";
        }

        @Override
        public void run(List<String> arguments, Answer answer)
                throws ControlException, IOException, InterruptedException {
            long millis = Math.round(seconds(arguments) * 1000);
            RateMeter meter = new RateMeter();
            meter.measure(director);
            long next = System.nanoTime() + millis * 1_000_000;
            while (!director.awaitStop(Math.max(1, (next - System.nanoTime()) / 1_000_000))) {
                answer.line(meter.measure(director));
                next += millis * 1_000_000;
            }
        }

        private static double seconds(List<String> arguments) throws ControlException {
            double seconds = Double.NaN;
            if (arguments.size() == 1 && arguments.getFirst().matches("\\d{1,4}(\\.\\d{1,3})?")) {
                seconds = Double.parseDouble(arguments.getFirst());
            }
            if (!(seconds >= SHORTEST_WATCH_SECONDS && seconds <= LONGEST_WATCH_SECONDS)) {
                throw new ControlException("watch needs one number of seconds, 0.1 to 3600; found: "
                        + (arguments.isEmpty() ? "none" : String.join(" ", arguments)));
            }
            return seconds;
        }
    }
}
