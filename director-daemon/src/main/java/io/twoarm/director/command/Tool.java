package io.twoarm.director.command;

import io.twoarm.director.control.DirectorView;
import java.util.List;

/** A command of the terminal that the daemon answers. */
public interface Tool {

    /** The name under which it is typed. */
    String name();

    /** Runs it with the words after its name. */
    ToolOutput run(List<String> words, DirectorView.Running director) throws InterruptedException;
}
