package io.twoarm.deploy;

import io.twoarm.artifact.HostService;
import io.twoarm.artifact.Validation;
import io.twoarm.deploy.HostDesign.WantedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host's design as text, kept on the host with the change that brought it, so that a rollback can go to it.
 *
 * <p>One thing per line, fields separated by tabs. Free text is Base64.
 */
final class RecordedDesign {
    private static final String HEAD = "TwoArm design 1";

    private RecordedDesign() {}

    static String write(HostDesign design) {
        Stream<String> packages = design.packages().stream().map(name -> line("package", name));
        Stream<String> bundle = design.bundle().stream()
                .map(b -> line("bundle", b.name(), b.digest().hex(), Long.toString(b.size())));
        Stream<String> files = design.files().stream()
                .filter(file -> !file.isRecord())
                .map(file -> line(
                        "file",
                        file.path(),
                        file.octalMode(),
                        encode(file.reason()),
                        Base64.getEncoder().encodeToString(file.content())));
        Stream<String> checks = design.validations().stream()
                .map(check -> line("check", encode(check.reason()), encodeAll(check.command())));
        Stream<String> units = design.services().stream()
                .map(unit -> line(
                        "unit",
                        unit.unit(),
                        Boolean.toString(unit.reload()),
                        encodeAll(unit.restartOn()),
                        encodeAll(unit.reloadOn())));
        return Stream.of(Stream.of(HEAD + "\n"), packages, bundle, files, checks, units)
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    private static String line(String... fields) {
        return String.join("\t", fields) + "\n";
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encodeAll(List<String> texts) {
        return texts.stream().map(RecordedDesign::encode).collect(Collectors.joining(" "));
    }

    /** @throws IllegalArgumentException when the text is not what {@link #write} makes */
    static HostDesign read(String host, String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw new IllegalArgumentException("it does not begin with \"" + HEAD + "\"");
        }
        List<String> packages = new ArrayList<>();
        List<WantedFile> files = new ArrayList<>();
        List<Validation> checks = new ArrayList<>();
        List<HostService> units = new ArrayList<>();
        Optional<Bundle> bundle = Optional.empty();
        for (String line : lines.subList(1, lines.size())) {
            String[] field = line.split("\t", -1);
            switch (field[0]) {
                case "package" -> packages.add(field[1]);
                case "bundle" ->
                    bundle = Optional.of(new Bundle(Optional.empty(), Long.parseLong(field[3]), new Digest(field[2])));
                case "file" ->
                    files.add(
                            WantedFile.of(field[1], Integer.parseInt(field[2], 8), decode(field[4]), decode(field[3])));
                case "check" -> checks.add(new Validation(decodeAll(field[2]), decode(field[1])));
                case "unit" ->
                    // Records of earlier versions end before the last field.
                    units.add(new HostService(
                            field[1],
                            decodeAll(field[3]),
                            Boolean.parseBoolean(field[2]),
                            field.length > 4 ? decodeAll(field[4]) : List.of()));
                default -> throw new IllegalArgumentException("it has a line that begins with " + field[0]);
            }
        }
        return HostDesign.of(host, packages, bundle, files, checks, units);
    }

    private static String decode(String field) {
        return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
    }

    private static List<String> decodeAll(String field) {
        return Arrays.stream(field.split(" ", -1))
                .filter(word -> !field.isEmpty())
                .map(RecordedDesign::decode)
                .toList();
    }
}
