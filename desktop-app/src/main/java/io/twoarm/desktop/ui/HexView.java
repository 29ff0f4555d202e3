package io.twoarm.desktop.ui;

import java.util.function.IntConsumer;
import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

/** Bytes in hexadecimal and as characters, 16 in a line or 8 where there is little room; a field's bytes are marked. */
final class HexView {
    private static final int WIDE = 16;
    private static final int NARROW = 8;
    private static final double MARGIN = 10;
    /** Four digits and two blanks. */
    private static final int OFFSET_COLUMNS = 6;

    private final Text text = new Text();
    private final Group marks = new Group();
    private final Pane pane = new Pane(marks, text);
    private final ScrollPane root = new ScrollPane(pane);
    private byte[] bytes = {};
    private int perLine = WIDE;
    private int marked;
    private int markedLength;

    /** @param clicked gets the offset of a byte */
    HexView(IntConsumer clicked) {
        root.getStyleClass().addAll("edge-to-edge", "hex-view");
        root.setId("capture-bytes");
        root.setFitToWidth(true);
        text.getStyleClass().add("hex-text");
        text.setTextOrigin(javafx.geometry.VPos.TOP);
        text.relocate(MARGIN, MARGIN / 2);
        pane.getStyleClass().add("hex-pane");
        root.viewportBoundsProperty().addListener((property, before, now) -> fit(now));
        pane.setOnMouseClicked(event -> {
            double width = columnWidth();
            double height = lineHeight();
            int line = (int) Math.floor((event.getY() - MARGIN / 2) / height);
            int column = (int) Math.floor((event.getX() - MARGIN) / width);
            int index = column < textColumn() ? (column - OFFSET_COLUMNS) / 3 : column - textColumn();
            int offset = line * perLine + index;
            if (index >= 0 && index < perLine && offset < bytes.length) {
                clicked.accept(offset);
            }
        });
    }

    Node node() {
        return root;
    }

    void show(byte[] shown) {
        bytes = shown;
        markedLength = 0;
        layOut();
    }

    void highlight(int offset, int length) {
        marked = offset;
        markedLength = Math.min(length, bytes.length - offset);
        mark();
        double lines = Math.ceil((double) bytes.length / perLine);
        double seen = root.getViewportBounds().getHeight() / lineHeight();
        if (lines > seen && markedLength > 0) {
            root.setVvalue(Math.clamp((double) marked / perLine / (lines - seen), 0, 1));
        }
    }

    private void fit(Bounds viewport) {
        double needed = (textColumn(WIDE) + WIDE) * columnWidth() + 2 * MARGIN;
        int wanted = viewport.getWidth() >= needed ? WIDE : NARROW;
        if (wanted != perLine) {
            perLine = wanted;
            layOut();
        }
    }

    private int textColumn() {
        return textColumn(perLine);
    }

    private static int textColumn(int count) {
        return OFFSET_COLUMNS + 3 * count + 1;
    }

    private void layOut() {
        StringBuilder lines = new StringBuilder();
        for (int start = 0; start < bytes.length; start += perLine) {
            lines.append(String.format("%04x  ", start));
            StringBuilder characters = new StringBuilder();
            for (int i = start; i < start + perLine; i++) {
                if (i < bytes.length) {
                    lines.append(String.format("%02x ", bytes[i]));
                    characters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '·');
                } else {
                    lines.append("   ");
                }
            }
            lines.append(' ').append(characters).append('\n');
        }
        text.setText(lines.toString());
        pane.setPrefHeight(Math.ceil((double) bytes.length / perLine) * lineHeight() + MARGIN);
        mark();
    }

    /** One mark per line, in the numbers and in the characters. */
    private void mark() {
        marks.getChildren().clear();
        int end = marked + markedLength;
        for (int at = marked; at < end; ) {
            int line = at / perLine;
            int to = Math.min(end, (line + 1) * perLine);
            int first = at % perLine;
            add(line, OFFSET_COLUMNS + 3 * first, 3 * (to - at) - 1);
            add(line, textColumn() + first, to - at);
            at = to;
        }
    }

    private void add(int line, int column, int columns) {
        Rectangle mark = new Rectangle(
                MARGIN + column * columnWidth() - 1,
                MARGIN / 2 + line * lineHeight(),
                columns * columnWidth() + 2,
                lineHeight());
        mark.getStyleClass().add("hex-mark");
        marks.getChildren().add(mark);
    }

    private double columnWidth() {
        return measured("0000000000").getWidth() / 10;
    }

    private double lineHeight() {
        return measured("0\n0\n0\n0\n0\n0\n0\n0\n0\n0").getHeight() / 10;
    }

    private Bounds measured(String sample) {
        Text probe = new Text(sample);
        probe.setFont(text.getFont());
        probe.setTextOrigin(javafx.geometry.VPos.TOP);
        return probe.getLayoutBounds();
    }
}
