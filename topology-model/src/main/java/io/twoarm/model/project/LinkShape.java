package io.twoarm.model.project;

/** How the line of a port's link is drawn. */
public enum LinkShape {
    /** The shortest way by the rules of the drawing; has no bends. */
    STRAIGHT,
    /** From bend to bend. */
    BENT,
    /** Level and upright lines only, round what stands in the way, or through its bends. */
    ORTHOGONAL
}
