package io.twoarm.lab;

import java.io.IOException;

/**
 * A program that starts a lab of one host and lives until its standard input ends. It says "number" when the lab has its
 * place, and "up" when it is up.
 */
final class LabOwner {
    private LabOwner() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        boolean owned = arguments[1].equals("owned");
        LabOptions options = owned ? LabOptions.ownedLab(name) : LabOptions.named(name);
        new LocalLab().start(TopologyFixture.single(), options, event -> {
            if (event instanceof LabEvent.NumberTaken) {
                System.out.println("number");
            }
        });
        System.out.println("up");
        System.in.transferTo(System.out);
    }

    /** Starts it in a JVM of its own and returns when the lab is up. */
    static Process start(String name, String ownership) throws IOException {
        Process process = begin(name, ownership);
        awaitLine(process, "up");
        return process;
    }

    /** Returns when the program has said a line, having said others before. */
    static void awaitLine(Process owner, String awaited) throws IOException {
        for (String said = owner.inputReader().readLine(); !awaited.equals(said); ) {
            if (said == null) {
                throw new IOException("the lab's owner ended without saying " + awaited);
            }
            said = owner.inputReader().readLine();
        }
    }

    /** Starts it in a JVM of its own. */
    static Process begin(String name, String ownership) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LabOwner.class.getName(),
                        name,
                        ownership)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
