package io.twoarm.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makes shells complete {@code twoarm}. */
@Command(
        name = "completion",
        description = {
            "Prints the script by which a shell completes twoarm.",
            "bash: source <(twoarm completion bash)   zsh: source <(twoarm completion zsh)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    /** Shells with a completion that can be programmed. */
    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("twoarm", spec.root().commandLine());
        terminal.line(
                switch (shell) {
                    case BASH -> script;
                    // zsh runs the completions of bash once it was told to.
                    case ZSH ->
                        "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + script;
                });
        return 0;
    }
}
