package io.twoarm.desktop.ui;

import io.twoarm.desktop.viewmodel.Notice;
import io.twoarm.desktop.viewmodel.Texts;
import java.util.function.Consumer;
import javafx.print.PageLayout;
import javafx.print.PageOrientation;
import javafx.print.Paper;
import javafx.print.Printer;
import javafx.print.PrinterJob;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Window;

/** Puts a drawing on one page of paper, as large as it fits, upright or across as suits it. */
final class Printing {
    private final Window owner;
    private final Consumer<Notice> notices;

    Printing(Window owner, Consumer<Notice> notices) {
        this.owner = owner;
        this.notices = notices;
    }

    /** Asks for a printer and prints. */
    void print(Image drawing, String name) {
        PrinterJob job = PrinterJob.createPrinterJob();
        if (job == null) {
            notices.accept(new Notice(
                    Notice.Kind.INFORMATION, Texts.text("print.noPrinter"), Texts.text("print.noPrinter.fix")));
            return;
        }
        job.getJobSettings().setJobName(name);
        if (!job.showPrintDialog(owner)) {
            job.cancelJob();
            return;
        }
        Printer printer = job.getPrinter();
        Paper paper = job.getJobSettings().getPageLayout().getPaper();
        PageOrientation orientation =
                drawing.getWidth() > drawing.getHeight() ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
        PageLayout page = printer.createPageLayout(paper, orientation, Printer.MarginType.DEFAULT);
        ImageView view = fitted(drawing, page.getPrintableWidth(), page.getPrintableHeight());
        if (job.printPage(page, view)) {
            job.endJob();
        } else {
            job.cancelJob();
            notices.accept(new Notice(
                    Notice.Kind.ERROR, Texts.text("print.failed"), Texts.text("print.failed.fix", job.getJobStatus())));
        }
    }

    /** As large as it fits, and never larger than on the screen. */
    static ImageView fitted(Image drawing, double width, double height) {
        ImageView view = new ImageView(drawing);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        double scale = Math.min(1, Math.min(width / drawing.getWidth(), height / drawing.getHeight()));
        view.setFitWidth(drawing.getWidth() * scale);
        view.setFitHeight(drawing.getHeight() * scale);
        return view;
    }
}
