package io.twoarm.config.vyatta;

import io.twoarm.config.AddressLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What may stand in the place of a value. */
sealed interface Value {
    boolean accepts(String word);

    /** One of some words. */
    record Words(List<String> words) implements Value {
        @Override
        public boolean accepts(String word) {
            return words.contains(word);
        }

        @Override
        public String toString() {
            return String.join(" or ", words);
        }
    }

    /** A whole number. */
    record Whole(long from, long to) implements Value {
        @Override
        public boolean accepts(String word) {
            return word.matches("[0-9]{1,10}") && Long.parseLong(word) >= from && Long.parseLong(word) <= to;
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** Anything. */
    record Text() implements Value {
        @Override
        public boolean accepts(String word) {
            return true;
        }

        @Override
        public String toString() {
            return "a text";
        }
    }

    /** A name. */
    record Name() implements Value {
        @Override
        public boolean accepts(String word) {
            return word.matches("[A-Za-z0-9][A-Za-z0-9_.@-]*");
        }

        @Override
        public String toString() {
            return "a name";
        }
    }

    /** An interface with the number that these systems give it. */
    record Interface(String stem) implements Value {
        @Override
        public boolean accepts(String word) {
            return word.matches(stem + "[0-9]+(\\.[0-9]{1,4})?");
        }

        @Override
        public String toString() {
            return "an interface such as eth0";
        }
    }

    /**
     * An address.
     *
     * @param bits 32, 128, or 0 for both families
     * @param length whether a length of its prefix follows
     */
    record Address(int bits, Length length) implements Value {
        enum Length {
            NONE,
            OPTIONAL,
            REQUIRED
        }

        @Override
        public boolean accepts(String word) {
            int slash = word.indexOf('/');
            if (slash < 0 ? length == Length.REQUIRED : length == Length.NONE) {
                return false;
            }
            Optional<InetAddress> address = AddressLiteral.parse(slash < 0 ? word : word.substring(0, slash));
            if (address.isEmpty()) {
                return false;
            }
            int own = address.get().getAddress().length * 8;
            String digits = slash < 0 ? "0" : word.substring(slash + 1);
            return (bits == 0 || bits == own) && digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= own;
        }

        @Override
        public String toString() {
            String what = bits == 32 ? "an IPv4 address" : bits == 128 ? "an IPv6 address" : "an IP address";
            return length == Length.REQUIRED ? what + " with its length" : what;
        }
    }

    /** What a word of the grammar stands for. */
    static Value of(String word) {
        if (!word.startsWith("<")) {
            return new Words(List.of(word.split("\\|")));
        }
        String name = word.substring(1, word.length() - 1);
        if (name.matches("[0-9]+-[0-9]+")) {
            String[] ends = name.split("-");
            return new Whole(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
        }
        return switch (name) {
            case "text" -> new Text();
            case "name" -> new Name();
            case "eth" -> new Interface("eth");
            case "bond" -> new Interface("bond");
            case "ipv4" -> new Address(32, Address.Length.NONE);
            case "ipv6" -> new Address(128, Address.Length.NONE);
            case "ip" -> new Address(0, Address.Length.NONE);
            case "ipv4-or-net" -> new Address(32, Address.Length.OPTIONAL);
            case "ipv4-net" -> new Address(32, Address.Length.REQUIRED);
            case "ipv6-net" -> new Address(128, Address.Length.REQUIRED);
            case "ip-net" -> new Address(0, Address.Length.REQUIRED);
            case "ip-or-net" -> new Address(0, Address.Length.OPTIONAL);
            default -> throw new IllegalArgumentException("the grammar has no value called " + word);
        };
    }
}
