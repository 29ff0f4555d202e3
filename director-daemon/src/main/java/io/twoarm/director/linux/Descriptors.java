package io.twoarm.director.linux;

/** Raw reads and writes of a descriptor. A short or failed transfer shows in the result. */
final class Descriptors {
    private static final NativeFunction READ = SystemCall.function("read");
    private static final NativeFunction WRITE = SystemCall.function("write");
    private static final NativeFunction CLOSE = SystemCall.function("close");

    private Descriptors() {}

    static long read(int descriptor, long buffer, long bytes) {
        return READ.call(descriptor, buffer, bytes);
    }

    static long write(int descriptor, long buffer, long bytes) {
        return WRITE.call(descriptor, buffer, bytes);
    }

    static void close(int descriptor) {
        CLOSE.call(descriptor);
    }
}
