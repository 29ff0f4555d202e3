package io.twoarm.lab;

/** With which rights a lab is built. */
public enum LabMode {
    /** By root, in root's own user namespace: everything the kernel has, AF_XDP and BPF included. */
    ROOT,
    /** By an ordinary user, in a user namespace with subordinate user and group numbers. */
    ROOTLESS
}
