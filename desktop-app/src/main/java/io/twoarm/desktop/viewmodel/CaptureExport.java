package io.twoarm.desktop.viewmodel;

import io.twoarm.diagnose.capture.CaptureFile;
import io.twoarm.diagnose.host.AddressNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Captured frames as a file, or in the program that opens such files. */
final class CaptureExport {
    private final TaskService tasks;
    private final Consumer<Notice> notices;

    CaptureExport(TaskService tasks, Consumer<Notice> notices) {
        this.tasks = tasks;
        this.notices = notices;
    }

    /** Writes all frames as pcapng, with an interface per place. */
    void save(CaptureRecord from, Path file) {
        write(
                from,
                file,
                () -> notices.accept(new Notice(Notice.Kind.SUCCESS, Texts.text("notice.written"), file.toString())));
    }

    /** From a file that goes with this program. */
    void openInWireshark(CaptureRecord from) {
        Optional<Path> program = Wireshark.find();
        if (program.isEmpty()) {
            notices.accept(new Notice(
                    Notice.Kind.ERROR, Texts.text("notice.noWireshark"), Texts.text("notice.noWireshark.fix")));
            return;
        }
        try {
            Path file = Wireshark.newFile();
            write(from, file, () -> tasks.save(() -> Wireshark.open(program.get(), file), this::noWireshark));
        } catch (IOException e) {
            noWireshark(e);
        }
    }

    private void noWireshark(Exception cause) {
        notices.accept(Notice.error(Texts.text("notice.noWireshark"), cause));
    }

    private void write(CaptureRecord from, Path file, Runnable then) {
        tasks.save(
                () -> {
                    CaptureFile.write(
                            file, from.points(), from.frames(), from.connections(), new AddressNames(from.topology()));
                    tasks.later(then);
                },
                cause -> notices.accept(Notice.error(Texts.text("notice.cannotWrite", file), cause)));
    }
}
