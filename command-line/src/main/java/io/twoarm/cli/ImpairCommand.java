package io.twoarm.cli;

import io.twoarm.engine.Engine;
import io.twoarm.engine.EngineException;
import io.twoarm.engine.LabSession;
import io.twoarm.lab.ImpairedPort;
import io.twoarm.lab.Impairment;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "impair",
        description =
                "Impairs the cable of a host's port in the running lab, in both directions: packets are lost or late,"
                        + " their rate is limited, or the cable is cut. Without an option that says how, it is repaired.",
        mixinStandardHelpOptions = true)
final class ImpairCommand extends ProjectCommand {
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s)?");
    private static final Pattern RATE = Pattern.compile("(\\d+)(kbit|mbit|gbit)?");

    @Option(
            names = "--at",
            paramLabel = "HOST/PORT",
            description = "The port; without it, all impaired cables are repaired.")
    private String at;

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Packets lost, 0 to 100, such as 2.5.")
    private double loss;

    @Option(names = "--delay", paramLabel = "TIME", description = "Delay of each packet, such as 20ms or 1.5s.")
    private String delay;

    @Option(names = "--rate", paramLabel = "RATE", description = "Most bits per second, such as 512kbit or 10mbit.")
    private String rate;

    @Option(names = "--cut", description = "Neither end has a carrier.")
    private boolean cut;

    ImpairCommand(Engine engine, Terminal terminal) {
        super(engine, terminal);
    }

    @Override
    public Integer call() {
        Impairment impairment = impairment();
        if (at == null) {
            repairAll(impairment);
            return 0;
        }
        String[] place = at.split("/", 2);
        if (place.length < 2) {
            throw wrong("--at", at, "a host and a port of it, HOST/PORT", "--at rs1/eth0");
        }
        runningLab(engine.open(directory)).impair(place[0], place[1], impairment);
        terminal.line(at + ": " + (impairment.isNone() ? "as it should be" : impairment.text()));
        return 0;
    }

    private void repairAll(Impairment impairment) {
        if (!impairment.isNone()) {
            throw new EngineException(
                    "which cable is to be impaired is not said.\n        allowed: --at HOST/PORT; without it all cables are repaired\n        fix:     --at rs1/eth0");
        }
        LabSession lab = runningLab(engine.open(directory));
        for (ImpairedPort each : lab.impairments()) {
            lab.impair(each.host(), each.port(), Impairment.NONE);
            terminal.line(each.host() + "/" + each.port() + ": as it should be");
        }
    }

    private Impairment impairment() {
        if (!(loss >= 0 && loss <= 100)) {
            throw wrong("--loss", Double.toString(loss), "0 to 100, in percent", "--loss 2.5");
        }
        return new Impairment(
                loss,
                Optional.ofNullable(delay).map(ImpairCommand::time).orElse(Duration.ZERO),
                Optional.ofNullable(rate).map(ImpairCommand::kilobits).orElse(0L),
                cut);
    }

    private static EngineException wrong(String option, String found, String allowed, String example) {
        return new EngineException("%s is \"%s\".\n        allowed: %s\n        fix:     such as %s"
                .formatted(option, found, allowed, example));
    }

    /** A number with us, ms or s; milliseconds without a unit. */
    private static Duration time(String text) {
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        EngineException wrong = wrong("--delay", text, "a number with us, ms or s, 0 to 10 s", "--delay 20ms");
        if (!matcher.matches()) {
            throw wrong;
        }
        double nanos = Double.parseDouble(matcher.group(1))
                * switch (String.valueOf(matcher.group(2))) {
                    case "us" -> 1e3;
                    case "s" -> 1e9;
                    default -> 1e6;
                };
        if (nanos > Impairment.LONGEST_DELAY.toNanos()) {
            throw wrong;
        }
        return Duration.ofNanos((long) nanos);
    }

    /** A number with kbit, mbit or gbit; kbit without a unit. */
    private static long kilobits(String text) {
        Matcher matcher = RATE.matcher(text.toLowerCase(Locale.ROOT));
        EngineException wrong =
                wrong("--rate", text, "a whole number with kbit, mbit or gbit, at most 100gbit", "--rate 10mbit");
        if (!matcher.matches()) {
            throw wrong;
        }
        BigInteger kilobits = new BigInteger(matcher.group(1))
                .multiply(BigInteger.valueOf(
                        switch (String.valueOf(matcher.group(2))) {
                            case "mbit" -> 1_000;
                            case "gbit" -> 1_000_000;
                            default -> 1;
                        }));
        if (kilobits.compareTo(BigInteger.valueOf(Impairment.MOST_KILOBITS)) > 0) {
            throw wrong;
        }
        return kilobits.longValueExact();
    }
}
