package io.twoarm.deploy;

import java.time.Duration;
import java.util.Optional;

/**
 * How a command on a host ended.
 *
 * @param command the command as the host's shell got it
 * @param status exit status; 128 when a signal ended it
 * @param signal name of that signal without SIG
 * @param stdout what it printed, read as UTF-8
 * @param truncated whether more was printed than the command's output limit
 */
public record CommandResult(
        String host,
        String command,
        int status,
        Optional<String> signal,
        String stdout,
        String stderr,
        boolean truncated,
        Duration elapsed) {

    public boolean succeeded() {
        return status == 0;
    }

    /**
     * This result, if it is a success.
     *
     * @throws DeployException with {@link DeployFailure.CommandFailed} otherwise
     */
    public CommandResult orThrow() {
        if (!succeeded()) {
            throw new DeployException(
                    new DeployFailure.CommandFailed(host, command, ending(), stderr.isBlank() ? stdout : stderr));
        }
        return this;
    }

    /** The end in words, such as {@code ended with status 2}. */
    String ending() {
        return signal.map(name -> "was ended by signal " + name).orElse("ended with status " + status);
    }
}
