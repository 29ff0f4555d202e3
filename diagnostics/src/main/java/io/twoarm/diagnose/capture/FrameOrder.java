package io.twoarm.diagnose.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Puts frames of several places in the order of their time. Bounded; safe for use by many threads. */
final class FrameOrder {
    private final int capacity;
    private final long patienceNanos;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final Map<CapturePoint, Long> lost = new HashMap<>();
    private long arrivals;

    /** Compared some twenty times on its way through the queue: by plain numbers. */
    private record Waiting(SeenFrame frame, long nanos, long arrivedNanos, long number) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(number, other.number);
        }
    }

    FrameOrder(int capacity, long patienceNanos) {
        this.capacity = capacity;
        this.patienceNanos = patienceNanos;
    }

    /** @param arrivedNanos when it came, by the monotonic clock */
    synchronized void add(SeenFrame frame, long arrivedNanos) {
        if (waiting.size() >= capacity) {
            lost.merge(frame.point(), 1L, Long::sum);
        } else {
            waiting.add(new Waiting(frame, frame.nanos(), arrivedNanos, arrivals++));
        }
    }

    /** The frames before which no other will come, if none is on its way for longer than the patience. */
    synchronized List<SeenFrame> due(long nowNanos) {
        List<SeenFrame> due = new ArrayList<>();
        while (!waiting.isEmpty() && nowNanos - waiting.peek().arrivedNanos() >= patienceNanos) {
            due.add(waiting.poll().frame());
        }
        return due;
    }

    /** All that wait. */
    synchronized List<SeenFrame> rest() {
        List<SeenFrame> rest = new ArrayList<>();
        while (!waiting.isEmpty()) {
            rest.add(waiting.poll().frame());
        }
        return rest;
    }

    /** Frames that found no room, per place, since the beginning. */
    synchronized Map<CapturePoint, Long> lost() {
        return Map.copyOf(lost);
    }
}
