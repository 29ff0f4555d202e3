package io.twoarm.lab;

/** Names that no other run of the tests on this machine uses at the same time. */
final class OwnName {
    private OwnName() {}

    static String of(String name) {
        return "t-" + name + "-" + ProcessHandle.current().pid();
    }
}
