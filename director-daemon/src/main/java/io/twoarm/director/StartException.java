package io.twoarm.director;

import io.twoarm.director.dpdk.DpdkException;
import java.util.List;

/** The daemon cannot start. The text has the problem, what was found, and the fix. */
final class StartException extends Exception {

    StartException(String problem, List<String> details, String fix) {
        super(text(problem, details, fix));
    }

    static StartException of(DpdkException cause) {
        return new StartException(cause.problem(), cause.details(), cause.fix());
    }

    private static String text(String problem, List<String> details, String fix) {
        StringBuilder text = new StringBuilder(problem).append('.');
        for (String detail : details) {
            text.append("\n    ").append(detail);
        }
        return text.append("\n    fix: ").append(fix).toString();
    }
}
