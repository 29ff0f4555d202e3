package io.twoarm.director;

import io.twoarm.director.control.ControlException;
import io.twoarm.director.linux.NamedPipe;
import io.twoarm.director.linux.SystemCallException;
import io.twoarm.director.log.DirectorLog;
import io.twoarm.director.redundancy.VrrpRoles;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes addresses and gives them up as keepalived's VRRP says. When nobody has the pipe open for writing any more, keepalived
 * has died: then no address stays, for the other director is about to take it.
 */
final class VrrpFollower {
    /** After an error only: opening the pipe and reading it wait by themselves. */
    private static final long PAUSE_MILLIS = 500;

    /** Workers that are held up take a change a little later; more tries would keep the next state waiting. */
    private static final int TRIES = 5;

    private final Path pipe;
    private final VrrpRoles roles;
    private final RunningDataplane dataplane;
    private final DirectorLog log;

    VrrpFollower(Path pipe, VrrpRoles roles, RunningDataplane dataplane, DirectorLog log) {
        this.pipe = pipe;
        this.roles = roles;
        this.dataplane = dataplane;
        this.log = log;
    }

    /** Follows until the thread is interrupted; for a thread of its own. */
    void follow() {
        String told = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                prepare();
                read();
                told = "";
            } catch (IOException | SystemCallException e) {
                if (!told.equals(e.getMessage())) {
                    told = String.valueOf(e.getMessage());
                    log.error("VRRP states cannot be read from " + pipe + ": " + told);
                }
                pause();
            }
        }
    }

    private void prepare() throws IOException {
        Path folder = pipe.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        NamedPipe.make(pipe.toString());
        if (Files.isRegularFile(pipe)) {
            throw new IOException("it is a file, not a named pipe; remove it");
        }
    }

    /** Opening waits until keepalived has opened the pipe; the end of the pipe is keepalived's. */
    private void read() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(pipe.toFile()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                act(roles.accept(line), "keepalived: " + line);
            }
        }
        act(roles.silence(), "keepalived has ended: no VRRP instance is master");
    }

    private void act(VrrpRoles.Effect effect, String why) {
        String obstacle = "";
        for (int tries = 0; tries < TRIES && !Thread.currentThread().isInterrupted(); tries++) {
            try {
                carryOut(effect, why);
                return;
            } catch (ControlException e) {
                obstacle = e.getMessage();
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!obstacle.isEmpty()) {
            log.error(why + ", but the addresses could not be changed: " + obstacle);
        }
    }

    private void carryOut(VrrpRoles.Effect effect, String why) throws ControlException, InterruptedException {
        switch (effect) {
            case NONE -> log.debug(why);
            case ADDRESSES -> {
                dataplane.change(tables -> tables.withAddresses(roles.applied(tables.addresses())));
                log.notice(why + "; now " + roles.summary());
            }
            case ANNOUNCE -> {
                dataplane.announce();
                log.notice(why + "; addresses are announced again");
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
