package io.twoarm.model.project;

/** The rules that a project's files are read by; a breach of any of them is an error. */
enum ReadingRule {
    /** The project's files exist and can be read. */
    PROJECT_FILE("project-file"),
    /** Project files are UTF-8 text. */
    NOT_UTF8("not-utf8"),
    /** Project files are YAML 1.2. */
    YAML_SYNTAX("yaml-syntax"),
    /** Project files use mappings, sequences and scalars only. */
    YAML_FEATURE("yaml-feature"),
    /** The file's format version is one that this TwoArm reads. */
    UNSUPPORTED_VERSION("unsupported-version"),
    /** Every key has a meaning at its place. */
    UNKNOWN_KEY("unknown-key"),
    /** No password, passphrase or private key stands in a project, which is read by many and kept for ever. */
    SECRET_IN_PROJECT("secret-in-project"),
    /** Required keys are present. */
    MISSING_KEY("missing-key"),
    /** A key stands only once in its mapping. */
    DUPLICATE_KEY("duplicate-key"),
    /** A value is of the kind that its key takes. */
    WRONG_TYPE("wrong-type"),
    /** A value is one that its key takes. */
    INVALID_VALUE("invalid-value");

    private final String id;

    ReadingRule(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
