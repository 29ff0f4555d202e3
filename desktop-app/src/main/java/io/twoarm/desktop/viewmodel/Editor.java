package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Design;
import io.twoarm.desktop.design.ObjectRef;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.InvalidLiteralException;
import io.twoarm.model.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** How a property is edited. */
public sealed interface Editor {

    /**
     * Typed.
     *
     * @param initial what stands in the field at first
     * @param change gives the topology with the typed value; throws {@link IllegalArgumentException} for what is no value
     */
    record Typed(Wording name, String initial, BiFunction<Topology, String, Topology> change) implements Editor {
        /** Why a text is no value; empty when it is one. */
        public Optional<String> refusal(Topology topology, String text) {
            try {
                var unused = change.apply(topology, text);
                return Optional.empty();
            } catch (InvalidLiteralException e) {
                return Optional.of(e.getMessage() + " " + e.fix());
            } catch (IllegalArgumentException e) {
                return Optional.of(e.getMessage());
            }
        }

        /** The edited design. */
        public Design apply(Design design, String text) {
            return design.with(change.apply(design.topology(), text));
        }
    }

    /** Several lines, typed. */
    record Paragraph(Wording name, String initial, BiFunction<Topology, String, Topology> change) implements Editor {
        /** The edited design. */
        public Design apply(Design design, String text) {
            return design.with(change.apply(design.topology(), text));
        }
    }

    /** Chosen from a list. */
    record Choice(Wording name, List<Option> options, BiFunction<Topology, String, Topology> change) implements Editor {
        public Choice {
            options = List.copyOf(options);
        }

        /** The edited design. */
        public Design apply(Design design, String value) {
            return design.with(change.apply(design.topology(), value));
        }
    }

    /** The name of an object, which every reference follows. */
    record Named(ObjectRef ref) implements Editor {}

    /**
     * @param value what the change gets
     * @param label what people see
     */
    record Option(String value, String label) {
        static List<Option> names(List<String> names) {
            return names.stream().map(name -> new Option(name, name)).toList();
        }

        /** @param prefix of the texts */
        static List<Option> constants(String prefix, Enum<?>... constants) {
            return Arrays.stream(constants)
                    .map(each -> new Option(each.name(), Texts.text(prefix, each)))
                    .toList();
        }
    }

    /** Something done at once by a button, such as taking an entry out of a list. */
    record Action(String label, Wording name, UnaryOperator<Topology> change) {
        /** The edited design. */
        public Design apply(Design design) {
            return design.with(change.apply(design.topology()));
        }
    }
}
