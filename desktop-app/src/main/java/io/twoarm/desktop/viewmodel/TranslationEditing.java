package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Wording;
import io.twoarm.model.FamilyTranslation;
import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.Prefix;
import io.twoarm.model.Topology;
import io.twoarm.model.TranslationPrefix;
import io.twoarm.model.change.ObjectList;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Edits of what one director translates. Each starts from the director as it is by then. A text that no director takes is
 * refused while it is typed; how values go with others is for lint, since they change one after the other.
 *
 * @param director its name
 * @param section key of the text that says which translation
 */
record TranslationEditing(String director, String section) {
    Wording whole() {
        return Wording.of("edit.field", Texts.text(section), director);
    }

    Wording field(String key) {
        return Wording.of("edit.field", Texts.text(section) + ": " + Texts.text(key), director);
    }

    /**
     * Whether the director translates at all.
     *
     * @param on of a topology, with a translation that is there already or a fresh one
     * @param off without it
     */
    Editor switched(
            BiFunction<Topology, FamilyTranslation, FamilyTranslation> on, UnaryOperator<FamilyTranslation> off) {
        return new Editor.Choice(
                whole(),
                GroupEditors.yesAndNo(),
                (topology, value) ->
                        change(topology, it -> Boolean.parseBoolean(value) ? on.apply(topology, it) : off.apply(it)));
    }

    Editor.Action addition(String key, UnaryOperator<Topology> change) {
        return new Editor.Action(Texts.text(key), Wording.of("edit.addTo", inDirector()), change);
    }

    Editor.Action removal(UnaryOperator<Topology> change) {
        return new Editor.Action(Texts.text("property.remove"), Wording.of("edit.removeFrom", inDirector()), change);
    }

    private String inDirector() {
        return Texts.text("edit.translationOf", Texts.text(section), director);
    }

    Topology change(Topology topology, UnaryOperator<FamilyTranslation> change) {
        return ObjectList.HOSTS.change(topology, director, host -> switch (host) {
            case Host.Director it ->
                new Host.Director(
                        it.name(),
                        it.ports(),
                        it.routes(),
                        it.ssh(),
                        it.kind(),
                        it.dataplane()
                                .withTranslation(change.apply(it.dataplane().translation())),
                        it.release());
            case Host.Client _, Host.Router _, Host.Realserver _ -> host;
        });
    }

    /** A prefix in which IPv4 addresses stand. */
    static Prefix prefix(String text) {
        Prefix prefix = Prefix.parse(text.strip());
        if (!TranslationPrefix.isOne(prefix)) {
            throw new IllegalArgumentException(Texts.text("editor.translationPrefix"));
        }
        return prefix;
    }

    /** A network, or an address alone as a network of one. */
    static Prefix network(String text) {
        String literal = text.strip();
        if (literal.indexOf('/') >= 0) {
            return Prefix.parse(literal);
        }
        InetAddress address = IpLiteral.parse(literal);
        return Prefix.around(address, IpLiteral.bits(address));
    }

    static <T> List<T> with(List<T> list, T added) {
        List<T> changed = new ArrayList<>(list);
        changed.add(added);
        return changed;
    }

    static <T> List<T> without(List<T> list, T gone) {
        List<T> changed = new ArrayList<>(list);
        changed.remove(gone);
        return changed;
    }

    static <T> List<T> replaced(List<T> list, T before, UnaryOperator<T> change) {
        return list.stream()
                .map(each -> each.equals(before) ? change.apply(each) : each)
                .toList();
    }

    static <T> Editor.Typed typed(Wording name, String initial, Function<String, T> read, Editing<T> change) {
        return new Editor.Typed(name, initial, (topology, text) -> change.on(topology, read.apply(text)));
    }

    /** A topology with a value that was read. */
    interface Editing<T> {
        Topology on(Topology topology, T value);
    }
}
