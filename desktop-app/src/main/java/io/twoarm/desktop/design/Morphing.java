package io.twoarm.desktop.design;

import io.twoarm.model.Topology;
import io.twoarm.model.morph.Morph;

/** Makes one kind of design of another one. */
public final class Morphing {
    private Morphing() {}

    /**
     * The morphed design. What is new has no place and is placed automatically with everything else, because a morph
     * changes the shape of the whole.
     *
     * @throws io.twoarm.model.morph.MorphRefusedException when the design is not of the kind that the morph starts from
     */
    public static Design morph(Design design, Morph morph) {
        Topology after = morph.apply(design.topology()).after();
        boolean grown = after.hosts().size() != design.topology().hosts().size()
                || after.segments().size() != design.topology().segments().size();
        return grown ? design.with(after).unplaced() : design.with(after);
    }
}
