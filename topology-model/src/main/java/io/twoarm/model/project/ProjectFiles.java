package io.twoarm.model.project;

/** The files of a project directory. */
public final class ProjectFiles {
    /** The design itself. */
    public static final String TOPOLOGY = "topology.yaml";

    /** Where things stand on the drawing. */
    public static final String LAYOUT = "layout.yaml";

    /** The version that stands in both files. */
    public static final int FORMAT_VERSION = 1;

    private ProjectFiles() {}
}
