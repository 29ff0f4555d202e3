package io.twoarm.config.dpvs;

/**
 * A keyword of {@code dpvs.conf} that opens a block.
 *
 * @param path the blocks it stands in and its own name, such as {@code netif_defs/device}
 * @param named true when a name stands between the keyword and the brace
 * @param repeats true when there may be several in one enclosing block
 * @param initOnly true when such lines carry the marker {@code <init>}
 * @param about what it holds, one sentence for people
 */
public record Block(String path, boolean named, boolean repeats, boolean initOnly, String about) {

    /** The keyword itself. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the enclosing block; empty for a root block. */
    public String enclosing() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }
}
