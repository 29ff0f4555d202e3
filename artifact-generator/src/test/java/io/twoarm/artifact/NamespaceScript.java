package io.twoarm.artifact;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell script in network and process namespaces of its own. Whatever it starts ends with it, and no interface, route
 * or rule of this machine is touched.
 */
final class NamespaceScript {
    private NamespaceScript() {}

    /** Runs the script; {@code arguments} are its positional parameters. Needs root. */
    static Tool.Result run(String script, String... arguments) {
        Tool.require("/usr/bin/unshare", "util-linux");
        if (!System.getProperty("user.name").equals("root")) {
            throw new AssertionError("this test makes network namespaces; run: sudo ./check");
        }
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/sh", "-euc"));
        command.add(script);
        command.add("namespace-script");
        command.addAll(List.of(arguments));
        return Tool.run(command);
    }
}
