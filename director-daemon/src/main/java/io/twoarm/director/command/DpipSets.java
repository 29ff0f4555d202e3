package io.twoarm.director.command;

import io.twoarm.director.access.AccessControl;
import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.access.IpSet;
import io.twoarm.director.access.IpSetType;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code dpip ipset}: sets of addresses, networks and ports, which access lists may name. Sets live as long as the director;
 * a reload leaves them alone.
 */
final class DpipSets {
    private static final int WRONG = 1;
    private static final int HIGHEST = 999_999_999;
    private static final Set<String> VERBS = Set.of("create", "add", "del", "test", "show", "flush", "destroy");

    private final DirectorView.Running director;
    private final Deque<String> words = new ArrayDeque<>();
    private boolean ipv6;
    private boolean verbose;
    private boolean force;
    private boolean destroy;

    private DpipSets(DirectorView.Running director) {
        this.director = director;
    }

    /** Does what the words say. */
    static String run(List<String> words, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        DpipSets command = new DpipSets(director);
        for (String word : words) {
            command.take(word);
        }
        command.words.removeFirst();
        return command.execute();
    }

    private void take(String word) throws ToolFailure {
        switch (word) {
            case "-6" -> ipv6 = true;
            case "-4", "-C", "--color" -> {
                // IPv4 is what sets are for unless they say otherwise; nothing is coloured.
            }
            case "-v", "--verbose" -> verbose = true;
            case "-F", "--force" -> force = true;
            case "-D", "--destroy" -> destroy = true;
            default -> {
                if (word.startsWith("-") && word.length() > 1) {
                    throw new ToolFailure(WRONG, "invalid parameter: unknown option " + word);
                }
                words.add(word);
            }
        }
    }

    private String execute() throws ToolFailure, ControlException, InterruptedException {
        String typed = words.isEmpty() ? "show" : words.pop();
        String verb = typed.equals("list") ? "show" : typed;
        if (!VERBS.contains(verb)) {
            throw new ToolFailure(WRONG, "not support: ipset " + typed + "; see dpip help");
        }
        if (words.isEmpty()) {
            return switch (verb) {
                case "show" -> listed(control().sets());
                case "flush" -> {
                    change(all ->
                            all.withSets(all.sets().stream().map(IpSet::flushed).toList()));
                    yield "";
                }
                default ->
                    throw new ToolFailure(WRONG, "invalid parameter: ipset " + verb + " needs the name of a set");
            };
        }
        String name = words.pop();
        return switch (verb) {
            case "create" -> create(name);
            case "add" -> !words.isEmpty() && IpSetType.of(words.peek()).isPresent() ? create(name) : add(name);
            case "del" -> destroy ? destroyed(name) : delete(name);
            case "destroy" -> destroyed(name);
            case "test" -> tested(name);
            case "flush" -> {
                IpSet set = known(name);
                change(all -> all.with(set.flushed()));
                yield "";
            }
            default -> listed(List.of(known(name)));
        };
    }

    private AccessControl control() {
        return director.tables().access();
    }

    private void change(UnaryOperator<AccessControl> change) throws ControlException, InterruptedException {
        director.change(tables -> tables.withAccess(change.apply(tables.access())));
    }

    private IpSet known(String name) throws ToolFailure {
        return control().set(name).orElseThrow(() -> new ToolFailure(WRONG, "not exist: set " + name));
    }

    private String next(String what) throws ToolFailure {
        if (words.isEmpty()) {
            throw new ToolFailure(WRONG, "invalid parameter: " + what + " is missing");
        }
        return words.pop();
    }

    private int number(String name, int highest) throws ToolFailure {
        String text = next("the value of " + name);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > highest) {
            throw new ToolFailure(WRONG, "invalid parameter: " + name + " " + text + ": 1 to " + highest + " allowed");
        }
        return Integer.parseInt(text);
    }

    private String create(String name) throws ToolFailure, ControlException, InterruptedException {
        String keyword = next("the type");
        IpSetType type = IpSetType.of(keyword)
                .orElseThrow(() -> new ToolFailure(
                        WRONG,
                        "invalid parameter: type " + keyword + " is not one of "
                                + String.join(
                                        " ",
                                        Stream.of(IpSetType.values())
                                                .map(IpSetType::keyword)
                                                .toList())));
        boolean comments = false;
        int hashSize = IpSet.Options.DEFAULT.hashSize();
        int maximum = IpSet.Options.DEFAULT.maximum();
        String range = "";
        while (!words.isEmpty()) {
            String option = words.pop();
            switch (option) {
                case "comment" -> comments = true;
                case "range" -> range = next("the value of range");
                case "hashsize" -> hashSize = number(option, HIGHEST);
                case "maxelem" -> maximum = number(option, IpSet.HIGHEST_MAXIMUM);
                default ->
                    throw new ToolFailure(
                            WRONG,
                            "invalid parameter: " + option + "; a set may have comment, range, hashsize and maxelem");
            }
        }
        if (control().set(name).isPresent()) {
            throw new ToolFailure(WRONG, "already exist: set " + name);
        }
        IpSet made = IpSet.create(
                name, type, new IpSet.Options(ipv6, comments, hashSize, maximum, range), DpipDevices.names(director));
        change(all -> all.with(made));
        return "";
    }

    private String add(String name) throws ToolFailure, ControlException, InterruptedException {
        IpSet set = known(name);
        String entry = next("the entry");
        boolean exception = false;
        String comment = "";
        while (!words.isEmpty()) {
            String option = words.pop();
            switch (option) {
                case "nomatch" -> exception = true;
                case "comment" -> comment = next("the comment").replace("\"", "");
                default ->
                    throw new ToolFailure(
                            WRONG, "invalid parameter: " + option + "; an entry may have comment and nomatch");
            }
        }
        if (!force && set.has(entry)) {
            throw new ToolFailure(WRONG, "already exist: " + entry + " in set " + name);
        }
        IpSet changed = set.with(entry, exception, comment);
        change(all -> all.with(changed));
        return "";
    }

    private String delete(String name) throws ToolFailure, ControlException, InterruptedException {
        IpSet set = known(name);
        String entry = next("the entry");
        if (!force && !set.has(entry)) {
            throw new ToolFailure(WRONG, "not exist: " + entry + " in set " + name);
        }
        change(all -> all.with(set.without(entry)));
        return "";
    }

    private String destroyed(String name) throws ToolFailure, ControlException, InterruptedException {
        IpSet set = known(name);
        if (references(set) > 0) {
            throw new ToolFailure(
                    WRONG, "resource busy: " + references(set) + " access lists of services name set " + name);
        }
        List<IpSet> left = new ArrayList<>(control().sets());
        left.remove(set);
        change(all -> all.withSets(left));
        return "";
    }

    private String tested(String name) throws ToolFailure {
        IpSet set = known(name);
        String entry = next("the entry");
        boolean found = set.contains(entry);
        return verbose ? entry + (found ? " is in set " : " is NOT in set ") + name + "\n" : found + "\n";
    }

    private long references(IpSet set) {
        return director.tables().services().stream()
                .flatMap(service -> {
                    AccessRules rules = service.access();
                    return Stream.concat(rules.denied().stream(), rules.allowed().stream());
                })
                .filter(AccessSubject.ofSet(set.name())::equals)
                .count();
    }

    private String listed(List<IpSet> sets) {
        StringBuilder out = new StringBuilder();
        for (IpSet set : sets) {
            out.append("Name: ").append(set.name()).append('\n');
            out.append("Type: ").append(set.type().keyword()).append('\n');
            out.append("Header: ").append(header(set)).append('\n');
            out.append("Size in memory: ").append(set.bytes()).append('\n');
            out.append("References: ").append(references(set)).append('\n');
            out.append("Number of entries: ").append(set.size()).append('\n');
            out.append("Members:\n");
            set.members().forEach(member -> out.append(member).append('\n'));
            out.append('\n');
        }
        return out.toString();
    }

    private static String header(IpSet set) {
        IpSet.Options options = set.options();
        String comment = options.comments() ? "comment" : "";
        return set.type().isBitmap()
                ? "range " + options.range() + "  " + comment
                : "family %s  hashsize %d  maxelem %d  %s"
                        .formatted(options.ipv6() ? "inet6" : "inet", options.hashSize(), options.maximum(), comment);
    }
}
