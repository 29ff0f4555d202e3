package io.twoarm.diagnose.packet;

import java.util.List;
import java.util.Optional;

/**
 * A frame, read.
 *
 * @param layers from the outermost inwards
 * @param summary one line
 * @param flow of the innermost packet that has a transport header; for ICMP errors that of the error itself
 * @param tcp when the flow is TCP
 * @param quoted the flow of the packet that an ICMP error quotes, in the direction in which that one went
 * @param cutShort whether a header reaches beyond the captured bytes
 */
public record DecodedFrame(
        List<Field> layers,
        String summary,
        Optional<Flow> flow,
        Optional<TcpSegment> tcp,
        Optional<Flow> quoted,
        boolean cutShort) {
    public DecodedFrame {
        layers = List.copyOf(layers);
    }

    /** The first layer of that name, such as {@code TCP}. */
    public Optional<Field> layer(String name) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
    }

    /** The tree as lines, indented by two spaces per level. */
    public String text() {
        StringBuilder text = new StringBuilder();
        layers.forEach(layer -> append(text, layer, 0));
        return text.toString();
    }

    private static void append(StringBuilder text, Field field, int depth) {
        text.append("  ".repeat(depth)).append(field.name());
        if (!field.value().isEmpty()) {
            text.append(": ").append(field.value());
        }
        text.append('\n');
        field.parts().forEach(part -> append(text, part, depth + 1));
    }
}
