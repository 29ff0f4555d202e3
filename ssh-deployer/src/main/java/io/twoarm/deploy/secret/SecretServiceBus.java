package io.twoarm.deploy.secret;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.Variant;

/** The interfaces of the Secret Service API (freedesktop.org, draft 0.2), as far as they are used. */
public final class SecretServiceBus {
    private SecretServiceBus() {}

    /** Two values that a method returns. */
    public static final class Pair<A, B> extends Tuple {
        @Position(0)
        private final A first;

        @Position(1)
        private final B second;

        public Pair(A first, B second) {
            this.first = first;
            this.second = second;
        }

        public A first() {
            return first;
        }

        public B second() {
            return second;
        }
    }

    /** A secret on its way: session, parameters of its encryption, value and content type. */
    public static final class Secret extends Struct {
        @Position(0)
        private final DBusPath session;

        @Position(1)
        private final List<Byte> parameters;

        @Position(2)
        private final List<Byte> value;

        @Position(3)
        private final String contentType;

        public Secret(DBusPath session, List<Byte> parameters, List<Byte> value, String contentType) {
            this.session = session;
            this.parameters = parameters;
            this.value = value;
            this.contentType = contentType;
        }

        List<Byte> value() {
            return value;
        }
    }

    /** {@code org.freedesktop.Secret.Service}, at {@code /org/freedesktop/secrets}. */
    @DBusInterfaceName("org.freedesktop.Secret.Service")
    public interface Service extends DBusInterface {
        @DBusMemberName("OpenSession")
        Pair<Variant<?>, DBusPath> openSession(String algorithm, Variant<?> input);

        /** @return unlocked and locked items */
        @DBusMemberName("SearchItems")
        Pair<List<DBusPath>, List<DBusPath>> searchItems(Map<String, String> attributes);

        /** @return what is unlocked already, and a prompt for the rest, or {@code /} */
        @DBusMemberName("Unlock")
        Pair<List<DBusPath>, DBusPath> unlock(List<DBusPath> objects);

        @DBusMemberName("ReadAlias")
        DBusPath readAlias(String name);
    }

    /** {@code org.freedesktop.Secret.Collection}. */
    @DBusInterfaceName("org.freedesktop.Secret.Collection")
    public interface Collection extends DBusInterface {
        /** @return the item, and a prompt, or {@code /} */
        @DBusMemberName("CreateItem")
        Pair<DBusPath, DBusPath> createItem(Map<String, Variant<?>> properties, Secret secret, boolean replace);
    }

    /** {@code org.freedesktop.Secret.Item}. */
    @DBusInterfaceName("org.freedesktop.Secret.Item")
    public interface Item extends DBusInterface {
        @DBusMemberName("GetSecret")
        Secret getSecret(DBusPath session);

        /** @return a prompt, or {@code /} */
        @DBusMemberName("Delete")
        DBusPath delete();
    }

    /** {@code org.freedesktop.Secret.Prompt}: what the keyring itself asks the person, in a window of its own. */
    @DBusInterfaceName("org.freedesktop.Secret.Prompt")
    public interface Prompt extends DBusInterface {
        @DBusMemberName("Prompt")
        void prompt(String windowId);

        /** The end of a prompt. */
        final class Completed extends DBusSignal {
            private final boolean dismissed;

            public Completed(String path, boolean dismissed, Variant<?> result) throws DBusException {
                super(path, dismissed, result);
                this.dismissed = dismissed;
            }

            boolean dismissed() {
                return dismissed;
            }
        }
    }
}
