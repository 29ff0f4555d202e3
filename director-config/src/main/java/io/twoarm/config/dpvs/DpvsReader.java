package io.twoarm.config.dpvs;

import io.twoarm.config.ConfigFile;
import io.twoarm.config.ConfigFinding;
import io.twoarm.config.NearestKeyword;
import io.twoarm.config.Origin;
import io.twoarm.config.dpvs.ValueKind.Reading;
import io.twoarm.config.syntax.Node.Statement;
import io.twoarm.config.syntax.SyntaxTree;
import io.twoarm.config.syntax.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the typed model of a tree, keyword by keyword, after the table in {@link DpvsKeywords}. */
final class DpvsReader {
    private final List<ConfigFinding> findings;
    private final List<Device> devices = new ArrayList<>();
    private final List<Bonding> bondings = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Vlan> vlans = new ArrayList<>();
    private final List<AddressMapping> mappings = new ArrayList<>();
    private final List<Nat64Binding> bindings = new ArrayList<>();
    private final Set<String> deviceNames = new HashSet<>();
    private final Set<String> bondNames = new HashSet<>();
    private final Set<String> vlanNames = new HashSet<>();

    DpvsReader(List<ConfigFinding> findings) {
        this.findings = findings;
    }

    DpvsConf read(SyntaxTree tree) {
        Settings settings = new Scope("", this::readNamed).read(tree.statements());
        return new DpvsConf(settings, devices, bondings, workers, mappings, bindings, vlans);
    }

    /** What is done with a block that has a name. */
    private interface NamedBlock {
        void read(Block block, String name, Statement statement);
    }

    private void readNamed(Block block, String name, Statement statement) {
        Origin origin = statement.origin();
        switch (block.path()) {
            case "netif_defs/device" -> {
                Settings settings = new Scope(block.path(), (_, _, _) -> {}).read(statement.statements());
                checkName(name, origin, deviceNames);
                devices.add(new Device(name, settings, origin));
            }
            case "netif_defs/bonding" -> {
                Scope scope = new Scope(block.path(), (_, _, _) -> {});
                Settings settings = scope.read(statement.statements());
                checkName(name, origin, bondNames);
                bondings.add(new Bonding(name, scope.members, settings, origin));
            }
            case "netif_defs/vlan" -> {
                Settings settings = new Scope(block.path(), (_, _, _) -> {}).read(statement.statements());
                checkName(name, origin, vlanNames);
                vlans.add(new Vlan(name, settings, origin));
            }
            case "worker_defs/worker" -> {
                List<Worker.PortQueues> ports = new ArrayList<>();
                Settings settings = new Scope(block.path(), (port, device, inner) -> {
                            Settings queues = new Scope(port.path(), (_, _, _) -> {}).read(inner.statements());
                            ports.add(new Worker.PortQueues(device, queues, inner.origin()));
                        })
                        .read(statement.statements());
                workers.add(new Worker(name, settings, ports, origin));
            }
            case "siit_defs/eam" -> {
                Settings settings = new Scope(block.path(), (_, _, _) -> {}).read(statement.statements());
                mappings.add(new AddressMapping(name, settings, origin));
            }
            case "nat64_defs/binding" -> {
                Settings settings = new Scope(block.path(), (_, _, _) -> {}).read(statement.statements());
                bindings.add(new Nat64Binding(name, settings, origin));
            }
            default -> throw new IllegalStateException("no reader for the named block " + block.path());
        }
    }

    private void checkName(String name, Origin origin, Set<String> taken) {
        if (name.length() > Device.LONGEST_NAME) {
            error("name-too-long", origin, name, name + " is longer than 31 characters.", "Shorten it.");
        }
        if (!taken.add(name)) {
            error("duplicate-name", origin, name, "There is a block named " + name + " already.", "Rename one.");
        }
    }

    /** One block and the nameless blocks inside it. */
    private final class Scope {
        private final String root;
        private final NamedBlock namedBlock;
        private final Set<String> seen = new HashSet<>();
        private final List<String> members = new ArrayList<>();
        private Settings settings = Settings.EMPTY;

        Scope(String root, NamedBlock namedBlock) {
            this.root = root;
            this.namedBlock = namedBlock;
        }

        Settings read(List<Statement> statements) {
            readAll(statements, root);
            return settings;
        }

        /** Goes as deep as the table does, whatever the file holds. */
        private void readAll(List<Statement> statements, String block) {
            for (Statement statement : statements) {
                String keyword = statement.keyword();
                if (keyword.isEmpty()) {
                    continue;
                }
                String path = block.isEmpty() ? keyword : block + "/" + keyword;
                Optional<Setting<?>> setting = DpvsKeywords.setting(path);
                Optional<Block> inner = DpvsKeywords.block(path);
                if (path.equals(DpvsKeywords.SLAVE)) {
                    oneWord(statement, "the name of a device").ifPresent(members::add);
                } else if (setting.isPresent()) {
                    readSetting(setting.get(), statement);
                } else if (inner.isPresent()) {
                    readBlock(inner.get(), statement);
                } else {
                    reportUnknown(path, block, statement);
                }
            }
        }

        private <T> void readSetting(Setting<T> setting, Statement statement) {
            String keyword = setting.name();
            List<Token> words = statement.arguments();
            if (statement.body().isPresent()) {
                error("no-block", statement.origin(), keyword, keyword + " takes no block.", "Remove the braces.");
                return;
            }
            if (words.isEmpty() && !(setting.kind() instanceof ValueKind.Flag)) {
                error(
                        "missing-value",
                        statement.origin(),
                        keyword,
                        keyword + " has no value; DPVS aborts on it.",
                        "Write " + setting.kind().allowed() + ".");
                return;
            }
            if (!seen.add(setting.path())) {
                warning(
                        "repeated-keyword",
                        statement.origin(),
                        keyword,
                        keyword + " stands here a second time; the last one counts.",
                        "Remove one.");
            }
            Origin place =
                    words.isEmpty() ? statement.origin() : words.getFirst().origin();
            Reading<T> reading = setting.kind().read(words);
            reading.problem().ifPresent(problem -> reportValue(setting, place, problem, reading.tolerable()));
            reading.value().ifPresent(value -> {
                settings = settings.with(setting, value);
                checkSupport(setting, value, statement.origin());
            });
        }

        private void reportValue(Setting<?> setting, Origin place, String problem, boolean tolerable) {
            String fix = "Write " + setting.kind().allowed() + ".";
            if (setting.kind() instanceof ValueKind.Flag) {
                warning("flag-with-value", place, setting.name(), problem, "Remove the keyword to switch it off.");
            } else if (tolerable) {
                warning("rounded-value", place, setting.name(), problem, "Write the rounded value.");
            } else {
                error("bad-value", place, setting.name(), setting.name() + ": " + problem, fix);
            }
        }

        private void readBlock(Block block, Statement statement) {
            List<Token> words = statement.arguments();
            boolean badBraces = statement.body().isEmpty();
            if (badBraces && statement.head().stream().noneMatch(Token::isBrace)) {
                error(
                        "missing-brace",
                        statement.origin(),
                        block.name(),
                        block.name() + " opens a block, but no { follows.",
                        "Write { at the end of the line.");
            }
            if (badBraces) {
                return;
            }
            if (!block.repeats() && !seen.add(block.path())) {
                warning(
                        "repeated-block",
                        statement.origin(),
                        block.name(),
                        "There is a block " + block.name() + " already; both are read.",
                        "Put them together.");
            }
            if (block.named()) {
                oneWord(statement, "a name").ifPresent(name -> namedBlock.read(block, name, statement));
                return;
            }
            if (!words.isEmpty()) {
                error(
                        "bad-value",
                        words.getFirst().origin(),
                        block.name(),
                        block.name() + " takes no name, but " + words.getFirst().value() + " follows it.",
                        "Remove it.");
            }
            readAll(statement.statements(), block.path());
        }
    }

    private Optional<String> oneWord(Statement statement, String expected) {
        List<Token> words = statement.arguments();
        if (words.size() == 1) {
            return Optional.of(words.getFirst().value());
        }
        error(
                words.isEmpty() ? "missing-value" : "bad-value",
                statement.origin(),
                statement.keyword(),
                statement.keyword() + " is followed by " + words.size() + " words instead of one.",
                "Write " + expected + ".");
        return words.isEmpty() ? Optional.empty() : Optional.of(words.getFirst().value());
    }

    private void reportUnknown(String path, String block, Statement statement) {
        String keyword = statement.keyword();
        if (path.equals("include")) {
            error(
                    ConfigFinding.UNSUPPORTED,
                    statement.origin(),
                    keyword,
                    "include is not followed by this director.",
                    "Put the contents of the included file here.");
            return;
        }
        String where = block.isEmpty() ? "outside all blocks" : "in " + block.replace("/", " / ");
        Optional<String> reason = DpvsKeywords.removed(path);
        String trap = statement.body().isPresent() && reason.isEmpty() && !block.isEmpty()
                ? " DPVS would take the block's } for the end of the enclosing block."
                : "";
        String fix = reason.isPresent()
                ? "Remove it."
                : NearestKeyword.to(keyword, DpvsKeywords.namesIn(block))
                        .map(near -> "Did you mean " + near + "?")
                        .orElseGet(() -> elsewhere(keyword));
        error(
                reason.isPresent() ? "removed-keyword" : "unknown-keyword",
                statement.origin(),
                keyword,
                keyword + " is not a keyword " + where + "."
                        + reason.map(text -> " " + text).orElse("") + trap,
                fix);
    }

    private static String elsewhere(String keyword) {
        return DpvsKeywords.all().stream()
                .filter(setting -> setting.name().equals(keyword))
                .map(Setting::block)
                .findFirst()
                .map(block -> "It belongs into " + block.replace("/", " / ") + ".")
                .orElse("Remove it.");
    }

    /** What is switched off, or 0, asks for nothing. */
    private <T> void checkSupport(Setting<T> setting, T value, Origin origin) {
        if (Boolean.FALSE.equals(value) || Integer.valueOf(0).equals(value)) {
            return;
        }
        String name = setting.name();
        switch (setting.support()) {
            case HONOURED -> {}
            case WITHOUT_EFFECT ->
                warning(
                        "without-effect",
                        origin,
                        name,
                        name + " is known but has no effect in this director: " + setting.about(),
                        "Remove it if you do not need it elsewhere.");
            case REFUSED ->
                error(
                        ConfigFinding.UNSUPPORTED,
                        origin,
                        name,
                        name + " is known but not supported by this director: " + setting.about(),
                        setting.kind() instanceof ValueKind.Switch ? "Remove it, or switch it off." : "Remove it.");
        }
    }

    private void error(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.error(rule, ConfigFile.DPVS, origin, keyword, message, fix));
    }

    private void warning(String rule, Origin origin, String keyword, String message, String fix) {
        findings.add(ConfigFinding.warning(rule, ConfigFile.DPVS, origin, keyword, message, fix));
    }
}
