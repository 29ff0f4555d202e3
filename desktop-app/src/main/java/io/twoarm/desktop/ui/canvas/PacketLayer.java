package io.twoarm.desktop.ui.canvas;

import io.twoarm.desktop.design.ObjectRef.PortRef;
import io.twoarm.desktop.layout.Point;
import io.twoarm.desktop.viewmodel.LiveOverlay.PortLive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.scene.Group;
import javafx.scene.shape.Circle;

/** Dots that run along the links on which packets are counted; more packets make more and faster dots. */
final class PacketLayer extends Group {
    private static final int MOST_DOTS = 4;
    /** Every second pulse is enough for the eye and leaves the processor to the lab. */
    private static final long FRAME_NANOS = 33_000_000;

    private final Map<PortRef, Flow> flows = new LinkedHashMap<>();
    private final AnimationTimer timer = new AnimationTimer() {
        private long last;

        @Override
        public void handle(long now) {
            if (now - last >= FRAME_NANOS) {
                double seconds = last == 0 ? 0 : Math.min(0.2, (now - last) / 1e9);
                last = now;
                flows.values().forEach(flow -> flow.advance(seconds));
            }
        }
    };
    private boolean running;

    PacketLayer() {
        setMouseTransparent(true);
    }

    void clear() {
        flows.clear();
        getChildren().clear();
        adjustTimer();
    }

    void route(Collection<LinkFigure> links) {
        for (LinkFigure link : links) {
            link.course()
                    .ifPresent(course -> flows.computeIfAbsent(link.link().port(), port -> new Flow())
                            .course(course.points()));
        }
    }

    /** To be followed by {@link #adjustTimer} when the rates of all ports are told. */
    void rate(PortRef port, Optional<PortLive> rates) {
        Optional.ofNullable(flows.get(port)).ifPresent(flow -> {
            flow.rate(rates);
            if (flow.moving() && flow.dots.getParent() == null) {
                getChildren().add(flow.dots);
            } else if (!flow.moving()) {
                getChildren().remove(flow.dots);
            }
        });
    }

    /** Lets the dots run as long as there are any. */
    void adjustTimer() {
        boolean wanted = flows.values().stream().anyMatch(Flow::moving);
        if (wanted && !running) {
            timer.start();
        } else if (!wanted && running) {
            timer.stop();
        }
        running = wanted;
    }

    /** The dots of one link, in both directions. */
    private static final class Flow {
        private final Group dots = new Group();
        private final Lane outwards = new Lane(dots, "sent");
        private final Lane inwards = new Lane(dots, "received");

        void course(List<Point> points) {
            if (points.equals(outwards.points)) {
                return;
            }
            outwards.points = List.copyOf(points);
            inwards.points = points.reversed();
            advance(0);
        }

        void rate(Optional<PortLive> rates) {
            outwards.rate(rates.map(PortLive::sentPackets).orElse(0.0));
            inwards.rate(rates.map(PortLive::receivedPackets).orElse(0.0));
            advance(0);
        }

        boolean moving() {
            return !outwards.circles.isEmpty() || !inwards.circles.isEmpty();
        }

        void advance(double seconds) {
            outwards.advance(seconds);
            inwards.advance(seconds);
        }
    }

    /** One direction of a link; at the right of the line, so that both directions can be told apart. */
    private static final class Lane {
        private static final double BESIDE = 3;

        private final Group dots;
        private final String direction;
        private final List<Circle> circles = new ArrayList<>();
        private List<Point> points = List.of();
        private double speed;
        private double travelled;

        /** @param direction the style class of its dots */
        Lane(Group dots, String direction) {
            this.dots = dots;
            this.direction = direction;
        }

        void rate(double packets) {
            int wanted = packets < 0.5 ? 0 : (int) Math.min(MOST_DOTS, 1 + Math.floor(Math.log10(packets + 1)));
            speed = packets < 0.5 ? 0 : 40 + 25 * Math.min(5, Math.log10(packets + 1));
            while (circles.size() < wanted) {
                Circle circle = new Circle(2.6);
                circle.getStyleClass().addAll("packet", direction);
                circles.add(circle);
                dots.getChildren().add(circle);
            }
            while (circles.size() > wanted) {
                dots.getChildren().remove(circles.removeLast());
            }
        }

        void advance(double seconds) {
            travelled += speed * seconds;
            double length = length();
            for (int i = 0; i < circles.size() && length > 0; i++) {
                put(circles.get(i), (travelled + i * length / circles.size()) % length);
            }
        }

        private double length() {
            double length = 0;
            for (int i = 1; i < points.size(); i++) {
                length += distance(points.get(i - 1), points.get(i));
            }
            return length;
        }

        private void put(Circle circle, double at) {
            double rest = at;
            for (int i = 1; i < points.size(); i++) {
                Point from = points.get(i - 1);
                Point to = points.get(i);
                double part = distance(from, to);
                if (rest <= part && part > 0) {
                    double share = rest / part;
                    double dx = to.x() - from.x();
                    double dy = to.y() - from.y();
                    circle.setCenterX(from.x() + dx * share + dy / part * BESIDE);
                    circle.setCenterY(from.y() + dy * share - dx / part * BESIDE);
                    return;
                }
                rest -= part;
            }
        }

        private static double distance(Point from, Point to) {
            return Math.hypot(to.x() - from.x(), to.y() - from.y());
        }
    }
}
