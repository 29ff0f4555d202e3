package io.twoarm.director.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The words behind {@code ipvsadm}: short options may stand together ({@code -Pt}), values behind or in the next word. */
final class IpvsadmOptions {
    static final int WRONG_USAGE = 2;

    /** Exit status when the director refuses. */
    static final int REFUSED = 255;

    /** Whether something follows an option. */
    private enum Value {
        NONE,
        ONE,
        /** A number that may be left out. */
        PERHAPS,
        THREE
    }

    /** Every option that is known. */
    enum Option {
        ADD_SERVICE('A', Value.NONE),
        EDIT_SERVICE('E', Value.NONE),
        DELETE_SERVICE('D', Value.NONE),
        CLEAR('C', Value.NONE),
        RESTORE('R', Value.NONE),
        SAVE('S', Value.NONE),
        ADD_SERVER('a', Value.NONE),
        EDIT_SERVER('e', Value.NONE),
        DELETE_SERVER('d', Value.NONE),
        LIST('L', Value.NONE),
        ZERO('Z', Value.NONE),
        ADD_LADDR('P', Value.NONE),
        DEL_LADDR('Q', Value.NONE),
        GET_LADDR('G', Value.NONE),
        ADD_BLKLST('U', Value.NONE),
        DEL_BLKLST('V', Value.NONE),
        GET_BLKLST('B', Value.NONE),
        ADD_WHTLST('O', Value.NONE),
        DEL_WHTLST('Y', Value.NONE),
        GET_WHTLST('W', Value.NONE),
        SET(Value.THREE),
        START_DAEMON(Value.ONE),
        STOP_DAEMON(Value.ONE),
        HELP('h', Value.NONE),
        VERSION('v', Value.NONE),
        TCP_SERVICE('t', Value.ONE),
        UDP_SERVICE('u', Value.ONE),
        SCTP_SERVICE(Value.ONE),
        ICMP_SERVICE('q', Value.ONE),
        ICMPV6_SERVICE('1', Value.ONE),
        FWMARK_SERVICE('f', Value.ONE),
        MATCH('H', Value.ONE),
        SCHEDULER('s', Value.ONE),
        PERSISTENT('p', Value.PERHAPS),
        NETMASK('M', Value.ONE),
        OPS('o', Value.NONE),
        REAL_SERVER('r', Value.ONE),
        GATEWAYING('g', Value.NONE),
        IPIP('i', Value.NONE),
        TUN_TYPE(Value.ONE),
        TUN_NOCSUM(Value.NONE),
        MASQUERADING('m', Value.NONE),
        FULLNAT('b', Value.NONE),
        SNAT('J', Value.NONE),
        WEIGHT('w', Value.ONE),
        U_THRESHOLD('x', Value.ONE),
        L_THRESHOLD('y', Value.ONE),
        LADDR('z', Value.ONE),
        IFNAME('F', Value.ONE),
        SYNPROXY('j', Value.ONE),
        HASH_TARGET(Value.ONE),
        SCHED_FLAGS(Value.ONE),
        EXPIRE_QUIESCENT(Value.NONE),
        DEST_CHECK(Value.ONE),
        CONN_TIMEOUT(Value.ONE),
        CONN_RATE(Value.ONE),
        BPS(Value.ONE),
        LIMIT_PROPORTION(Value.ONE),
        PACKET_RATE(Value.ONE),
        ENDPOINT_INDEPENDENT(Value.ONE),
        PROXY_PROTOCOL(Value.ONE),
        QUIC(Value.NONE),
        PE(Value.ONE),
        BLKLST('k', Value.ONE),
        WHTLST('2', Value.ONE),
        NUMERIC('n', Value.NONE),
        CONNECTION('c', Value.NONE),
        SOCKPAIR(Value.ONE),
        STATS(Value.NONE),
        RATE(Value.NONE),
        THRESHOLDS(Value.NONE),
        PERSISTENT_CONN(Value.NONE),
        TIMEOUT(Value.NONE),
        DAEMON(Value.NONE),
        NOSORT(Value.NONE),
        SORT(Value.NONE),
        EXACT('X', Value.NONE),
        CPU(Value.ONE);

        private final char letter;
        private final Value value;

        Option(char letter, Value value) {
            this.letter = letter;
            this.value = value;
        }

        Option(Value value) {
            this('\0', value);
        }

        boolean isCommand() {
            return compareTo(VERSION) <= 0;
        }

        String longName() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Map<Option, String> given = new EnumMap<>(Option.class);

    static IpvsadmOptions parse(List<String> words) throws ToolFailure {
        IpvsadmOptions options = new IpvsadmOptions();
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.pop();
            if (word.startsWith("--")) {
                options.takeLong(word, left);
            } else if (word.length() > 1 && word.startsWith("-")) {
                options.takeLetters(word, left);
            } else {
                throw new ToolFailure(WRONG_USAGE, "unexpected argument " + word);
            }
        }
        return options;
    }

    private void takeLong(String word, Deque<String> left) throws ToolFailure {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Stream.of(Option.values())
                .filter(known -> known.longName().equals(name))
                .findFirst()
                .or(() -> name.equals("--list-laddr") ? Optional.of(Option.GET_LADDR) : Optional.empty())
                .orElseThrow(() -> new ToolFailure(WRONG_USAGE, "unknown option " + name + "; see ipvsadm --help"));
        take(option, name, equals < 0 ? "" : word.substring(equals + 1), left);
    }

    private void takeLetters(String word, Deque<String> left) throws ToolFailure {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i) == 'l' ? 'L' : word.charAt(i);
            Option option = Stream.of(Option.values())
                    .filter(known -> known.letter == letter)
                    .findFirst()
                    .orElseThrow(() -> new ToolFailure(
                            WRONG_USAGE, "unknown option -" + letter + " in " + word + "; see ipvsadm --help"));
            boolean takesRest = option.value != Value.NONE && i + 1 < word.length();
            take(option, "-" + letter, takesRest ? word.substring(i + 1) : "", left);
            if (takesRest) {
                return;
            }
        }
    }

    private void take(Option option, String name, String attached, Deque<String> left) throws ToolFailure {
        String value = switch (option.value) {
            case NONE -> "";
            case ONE -> attached.isEmpty() ? next(name, left) : attached;
            case PERHAPS -> {
                boolean number =
                        attached.isEmpty() && !left.isEmpty() && left.peek().matches("\\d+");
                yield number ? left.pop() : attached;
            }
            case THREE ->
                (attached.isEmpty() ? next(name, left) : attached) + " " + next(name, left) + " " + next(name, left);
        };
        if (option.isCommand()) {
            Optional<Option> other = given.keySet().stream()
                    .filter(known -> known.isCommand() && known != option)
                    .findFirst();
            if (other.isPresent()) {
                throw new ToolFailure(
                        WRONG_USAGE,
                        "two commands, " + other.get().longName() + " and " + option.longName() + "; give one");
            }
        }
        given.put(option, value);
    }

    private static String next(String name, Deque<String> left) throws ToolFailure {
        if (left.isEmpty()) {
            throw new ToolFailure(WRONG_USAGE, "option " + name + " needs a value");
        }
        return left.pop();
    }

    /** The command; without one it is to list. */
    Option command() {
        return given.keySet().stream().filter(Option::isCommand).findFirst().orElse(Option.LIST);
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(given.get(option));
    }

    String required(Option option) throws ToolFailure {
        String value = given.get(option);
        if (value == null) {
            throw new ToolFailure(
                    WRONG_USAGE,
                    command().longName() + " needs "
                            + (option.letter == '\0'
                                    ? option.longName()
                                    : "-" + option.letter + " (" + option.longName() + ")"));
        }
        return value;
    }

    /** A whole number; a default where the option is not given. */
    int number(Option option, int otherwise, int lowest, int highest) throws ToolFailure {
        String text = given.getOrDefault(option, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= lowest && Integer.parseInt(text) <= highest) {
            return Integer.parseInt(text);
        }
        throw new ToolFailure(
                WRONG_USAGE, option.longName() + " is " + text + ": " + lowest + " to " + highest + " allowed");
    }
}
