package io.twoarm.diagnose.capture;

import io.twoarm.deploy.DeployException;
import io.twoarm.deploy.SshConnection;
import io.twoarm.diagnose.host.DiagnoseException;
import io.twoarm.diagnose.host.DiagnoseTasks;
import io.twoarm.diagnose.host.HostAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A capture on many hosts and interfaces at once. It runs from {@link #start} to {@link #stop}, or until every place has
 * ended; stopping, or losing the connection, ends the commands on the hosts.
 */
public final class LiveCapture implements AutoCloseable {
    /** Commands that one SSH connection carries, less what is asked meanwhile. */
    private static final int POINTS_PER_HOST = 7;

    private static final long DELIVERY_MILLIS = 50;
    private static final Duration START = Duration.ofSeconds(20);

    private final CaptureListener listener;
    private final FrameOrder order;
    private final long patienceMillis;
    private final List<PointReader> readers = new ArrayList<>();
    private final Map<CapturePoint, String> failures = new LinkedHashMap<>();
    private final Map<CapturePoint, Long> toldLost = new HashMap<>();
    private final DiagnoseTasks tasks = new DiagnoseTasks("capture");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private LiveCapture(CaptureSettings settings, CaptureListener listener) {
        this.listener = listener;
        order = new FrameOrder(settings.framesWaiting(), settings.patience().toNanos());
        patienceMillis = settings.patience().toMillis();
    }

    /**
     * Starts, and returns when every place takes frames or has failed. Blocks for the time of a login and a command.
     *
     * @throws DiagnoseException when no place at all takes frames
     */
    public static LiveCapture start(
            HostAccess hosts, List<CapturePoint> points, CaptureSettings settings, CaptureListener listener) {
        Map<String, List<CapturePoint>> byHost = new LinkedHashMap<>();
        points.stream()
                .distinct()
                .forEach(point -> byHost.computeIfAbsent(point.host(), host -> new ArrayList<>())
                        .add(point));
        byHost.forEach((host, places) -> {
            if (places.size() > POINTS_PER_HOST) {
                throw new DiagnoseException("%s has %d places to capture at; at most %d at a time are possible"
                        .formatted(host, places.size(), POINTS_PER_HOST));
            }
        });
        LiveCapture capture = new LiveCapture(settings, listener);
        try {
            capture.open(hosts, byHost, settings);
        } catch (RuntimeException e) {
            capture.tasks.close();
            throw e;
        }
        capture.tasks.start(capture::deliver);
        return capture;
    }

    private void open(HostAccess hosts, Map<String, List<CapturePoint>> byHost, CaptureSettings settings) {
        List<Future<?>> opening = new ArrayList<>();
        byHost.forEach((host, places) -> opening.add(tasks.start(() -> openHost(hosts, host, places, settings))));
        opening.forEach(LiveCapture::join);
        List<PointReader> opened;
        synchronized (this) {
            opened = List.copyOf(readers);
        }
        for (PointReader reader : opened) {
            join(reader.ready());
            if (reader.ready().isCompletedExceptionally()) {
                fail(reader.point(), reader.ready().exceptionNow().getMessage());
            }
        }
        synchronized (this) {
            if (failures.size() == byHost.values().stream().mapToInt(List::size).sum()) {
                opened.forEach(PointReader::close);
                throw new DiagnoseException("nothing can be captured:\n" + String.join("\n", failureLines()));
            }
        }
    }

    private static void join(Future<?> future) {
        try {
            future.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Told as a failure of its place, or it takes frames later.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openHost(HostAccess hosts, String host, List<CapturePoint> places, CaptureSettings settings) {
        try {
            SshConnection connection = hosts.open(host);
            ClockOffset clock = ClockOffset.measure(connection);
            for (CapturePoint place : places) {
                PointReader reader = PointReader.open(place, connection, settings, clock);
                synchronized (this) {
                    readers.add(reader);
                }
                tasks.start(() -> read(reader));
            }
        } catch (DeployException | DiagnoseException e) {
            places.forEach(place -> fail(place, e.getMessage()));
        }
    }

    private void read(PointReader reader) {
        reader.read(frame -> order.add(frame, System.nanoTime())).ifPresent(reason -> fail(reader.point(), reason));
    }

    private void fail(CapturePoint point, String reason) {
        synchronized (this) {
            if (failures.putIfAbsent(point, reason) != null) {
                return;
            }
        }
        listener.failed(point, reason);
    }

    /** Places that deliver nothing any more, with the reason. */
    public synchronized Map<CapturePoint, String> failures() {
        return Map.copyOf(failures);
    }

    private List<String> failureLines() {
        return failures.entrySet().stream()
                .map(entry -> "        " + entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private void deliver() {
        try {
            while (!stopping.await(DELIVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                give(order.due(System.nanoTime()));
            }
            // What was captured before the stop may still be on its way.
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            while (System.nanoTime() < end) {
                give(order.due(System.nanoTime()));
                TimeUnit.MILLISECONDS.sleep(DELIVERY_MILLIS);
            }
            closeReaders();
            give(order.rest());
        } catch (InterruptedException e) {
            closeReaders();
            Thread.currentThread().interrupt();
        } finally {
            listener.ended();
            ended.countDown();
        }
    }

    private synchronized void closeReaders() {
        readers.forEach(PointReader::close);
    }

    private void give(List<SeenFrame> frames) {
        if (!frames.isEmpty()) {
            listener.frames(frames);
        }
        order.lost().forEach((point, count) -> {
            Long before = toldLost.put(point, count);
            if (!count.equals(before)) {
                listener.lost(point, count);
            }
        });
    }

    /** Ends the capture everywhere and returns when the listener has got everything. */
    public void stop() {
        stopping.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tasks.close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
