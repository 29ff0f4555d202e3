package io.twoarm.desktop.ui;

import com.techsenger.jeditermfx.core.TtyConnector;
import com.techsenger.jeditermfx.core.util.TermSize;
import io.twoarm.deploy.InteractiveShell;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** A shell as the terminal emulator takes it. */
final class ShellConnector implements TtyConnector {
    private final String name;
    private final InteractiveShell shell;
    private final Reader reader;

    ShellConnector(String name, InteractiveShell shell) {
        this.name = name;
        this.shell = shell;
        reader = new InputStreamReader(shell.output(), StandardCharsets.UTF_8);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        return reader.read(buffer, offset, length);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        shell.input().write(bytes);
        shell.input().flush();
    }

    @Override
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isConnected() {
        return shell.isOpen();
    }

    @Override
    public void resize(TermSize size) {
        shell.resize(size.getColumns(), size.getRows());
    }

    /** The emulator asks only when a session has ended. */
    @Override
    public int waitFor() {
        return 0;
    }

    @Override
    public boolean ready() throws IOException {
        return reader.ready();
    }

    @Override
    public String getName() {
        return name;
    }

    /** The shell belongs to the view model, which ends it. */
    @Override
    public void close() {}
}
