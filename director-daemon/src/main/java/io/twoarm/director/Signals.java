package io.twoarm.director;

import java.lang.reflect.Proxy;

/**
 * Signals of the kernel, through {@code sun.misc.Signal}: the JDK has no other way to end with status 0 after SIGTERM, or
 * to use SIGHUP. Called by reflection, because the compiler warns of every mention of that class and the build takes no
 * warnings.
 */
final class Signals {
    private Signals() {}

    /**
     * Runs {@code action} on a thread of the JVM's each time the signal arrives.
     *
     * @param name without {@code SIG}
     */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object run = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.invoke(action, arguments);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), run);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the JDK has no sun.misc.Signal", e);
        }
    }
}
