package io.twoarm.config;

/** The files that configure a director. */
public enum ConfigFile {
    DPVS("dpvs.conf"),
    KEEPALIVED("keepalived.conf"),
    /** The whole configuration of a Vyatta or VyOS router. */
    ROUTER("config.boot");

    private final String fileName;

    ConfigFile(String fileName) {
        this.fileName = fileName;
    }

    /** The file's customary name, without a folder. */
    public String fileName() {
        return fileName;
    }
}
