package io.twoarm.lab;

import java.util.ArrayList;
import java.util.List;

/** A script run among the lab's own switches, in the pod's namespaces, so that it ends with the lab. */
final class PodCommand {
    private PodCommand() {}

    /** @param mounts whether it needs to see what the pod has mounted, such as the hosts' network namespaces */
    static Command of(RunDirectory run, LabMode mode, Script script, boolean mounts, List<String> arguments) {
        String namespaces = "/proc/" + run.pod() + "/ns/";
        List<String> words = new ArrayList<>(List.of("nsenter"));
        if (mode == LabMode.ROOTLESS) {
            words.add("--user=" + namespaces + "user");
        }
        if (mounts) {
            words.add("--mount=" + namespaces + "mnt");
        }
        words.addAll(List.of("--net=" + namespaces + "net", "--pid=" + namespaces + "pid_for_children", "--"));
        words.addAll(List.of("bash", "" + run.path().resolve("scripts/" + script.fileName())));
        words.addAll(arguments);
        return new Command(words);
    }
}
