package io.twoarm.deploy.secret;

import io.twoarm.deploy.secret.SecretServiceBus.Item;
import io.twoarm.deploy.secret.SecretServiceBus.Pair;
import io.twoarm.deploy.secret.SecretServiceBus.Prompt;
import io.twoarm.deploy.secret.SecretServiceBus.Secret;
import io.twoarm.deploy.secret.SecretServiceBus.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/**
 * The keyring of the desktop (GNOME Keyring, KWallet, KeePassXC), by the Secret Service API over D-Bus.
 *
 * <p>A locked keyring asks the person itself. Secrets pass the session bus, a socket that only this user may open, as they
 * are (algorithm {@code plain}).
 */
public final class DesktopKeyring implements SecretStore {
    private static final String BUS_NAME = "org.freedesktop.secrets";
    private static final String SERVICE = "/org/freedesktop/secrets";
    private static final String NO_OBJECT = "/";
    private static final String APPLICATION = "twoarm";
    private static final Duration PERSON = Duration.ofMinutes(2);

    /** For the bus to take a connection, milliseconds: a single try, of which the library makes one for each 500. */
    private static final int ONE_TRY = 500;

    private final String address;

    /** @param address of the session bus, such as {@code unix:path=/run/user/1000/bus} */
    public DesktopKeyring(String address) {
        this.address = address;
    }

    /** That of the session in which this process runs, if the session has a bus and the bus a keyring. */
    public static Optional<SecretStore> ofSession() {
        return sessionBus()
                .map(DesktopKeyring::new)
                .filter(DesktopKeyring::takesSecrets)
                .map(store -> store);
    }

    private static Optional<String> sessionBus() {
        Optional<String> named =
                Optional.ofNullable(System.getenv("DBUS_SESSION_BUS_ADDRESS")).filter(text -> !text.isBlank());
        return named.or(() -> Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                .map(directory -> Path.of(directory, "bus"))
                .filter(Files::exists)
                .map(socket -> "unix:path=" + socket));
    }

    /** Whether it answers and has a collection for new secrets; for some moments after it was started it has none. */
    boolean takesSecrets() {
        try {
            return call(
                    keyring -> !keyring.service.readAlias("default").getPath().equals(NO_OBJECT));
        } catch (SecretException e) {
            return false;
        }
    }

    @Override
    public String description() {
        return "the desktop's keyring";
    }

    @Override
    public Optional<String> find(SecretName name) {
        return call(keyring -> {
            for (DBusPath item : keyring.unlocked(attributes(name))) {
                Secret secret = keyring.object(item, Item.class).getSecret(keyring.session());
                return Optional.of(text(secret.value()));
            }
            return Optional.empty();
        });
    }

    @Override
    public void store(SecretName name, String secret) {
        call(keyring -> {
            DBusPath collection = keyring.service.readAlias("default");
            if (collection.getPath().equals(NO_OBJECT)) {
                throw new SecretException(
                        "%s has no default collection to keep a secret in.%n        fix:     make one (in Passwords and Keys: a password keyring, set as default), or use the encrypted file (--store file)"
                                .formatted(description()));
            }
            keyring.unlock(List.of(collection));
            Map<String, Variant<?>> properties = new HashMap<>();
            properties.put("org.freedesktop.Secret.Item.Label", new Variant<>("TwoArm: " + name));
            properties.put("org.freedesktop.Secret.Item.Attributes", new Variant<>(attributes(name), "a{ss}"));
            Pair<DBusPath, DBusPath> created = keyring.object(collection, SecretServiceBus.Collection.class)
                    .createItem(
                            properties, new Secret(keyring.session(), List.of(), bytes(secret), "text/plain"), true);
            keyring.ask(created.second());
            return null;
        });
    }

    @Override
    public boolean forget(SecretName name) {
        return call(keyring -> {
            List<DBusPath> items = keyring.unlocked(attributes(name));
            for (DBusPath item : items) {
                keyring.ask(keyring.object(item, Item.class).delete());
            }
            return !items.isEmpty();
        });
    }

    @Override
    public List<SecretName> names() {
        return call(keyring -> {
            Pair<List<DBusPath>, List<DBusPath>> items =
                    keyring.service.searchItems(Map.of("application", APPLICATION));
            List<SecretName> names = new ArrayList<>();
            for (List<DBusPath> some : List.of(items.first(), items.second())) {
                for (DBusPath item : some) {
                    Map<String, String> attributes =
                            keyring.object(item, Properties.class).Get("org.freedesktop.Secret.Item", "Attributes");
                    names.add(new SecretName(
                            SecretName.Kind.valueOf(attributes.get("kind").toUpperCase(Locale.ROOT)),
                            attributes.get("subject")));
                }
            }
            return names;
        });
    }

    private static Map<String, String> attributes(SecretName name) {
        return Map.of("application", APPLICATION, "kind", name.kind().word(), "subject", name.subject());
    }

    private static List<Byte> bytes(String text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b);
        }
        return bytes;
    }

    private static String text(List<Byte> value) {
        byte[] bytes = new byte[value.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value.get(i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Work<T> {
        T with(Conversation keyring) throws DBusException;
    }

    private <T> T call(Work<T> work) {
        try (DBusConnection bus = connect()) {
            return work.with(new Conversation(bus));
        } catch (DBusException | DBusExecutionException | IOException e) {
            throw new SecretException(
                    "%s cannot be used: %s.%n        fix:     unlock it, or use the encrypted file (--store file)"
                            .formatted(description(), e.getMessage()),
                    e);
        }
    }

    private DBusConnection connect() throws DBusException {
        return DBusConnectionBuilder.forAddress(address)
                .transportConfig()
                .withTimeout(ONE_TRY)
                .back()
                .withShared(false)
                .build();
    }

    /** One connection to the bus, and what the keyring said on it. */
    private static final class Conversation {
        private final DBusConnection bus;
        private final Service service;
        private DBusPath session;

        Conversation(DBusConnection bus) throws DBusException {
            this.bus = bus;
            this.service = bus.getRemoteObject(BUS_NAME, SERVICE, Service.class);
        }

        <T extends DBusInterface> T object(DBusPath path, Class<T> type) throws DBusException {
            return bus.getRemoteObject(BUS_NAME, path.getPath(), type);
        }

        DBusPath session() {
            if (session == null) {
                session = service.openSession("plain", new Variant<>("")).second();
            }
            return session;
        }

        /** The items with these attributes, unlocked. */
        List<DBusPath> unlocked(Map<String, String> attributes) throws DBusException {
            Pair<List<DBusPath>, List<DBusPath>> found = service.searchItems(attributes);
            unlock(found.second());
            List<DBusPath> all = new ArrayList<>(found.first());
            all.addAll(found.second());
            return all;
        }

        void unlock(List<DBusPath> objects) throws DBusException {
            if (!objects.isEmpty()) {
                ask(service.unlock(objects).second());
            }
        }

        /** Lets the keyring ask the person, and waits for the end of that. */
        void ask(DBusPath prompt) throws DBusException {
            if (prompt.getPath().equals(NO_OBJECT)) {
                return;
            }
            CompletableFuture<Boolean> dismissed = new CompletableFuture<>();
            Prompt question = object(prompt, Prompt.class);
            try (AutoCloseable _ = bus.addSigHandler(
                    Prompt.Completed.class, question, signal -> dismissed.complete(signal.dismissed()))) {
                question.prompt("");
                if (dismissed.get(PERSON.toSeconds(), TimeUnit.SECONDS)) {
                    throw new DBusException("its question was dismissed");
                }
            } catch (TimeoutException e) {
                throw new DBusException("its question was not answered within %d s".formatted(PERSON.toSeconds()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DBusException("interrupted while it asked");
            } catch (DBusException e) {
                throw e;
            } catch (ExecutionException e) {
                throw new DBusException(e.getCause());
            } catch (Exception e) {
                throw new DBusException(e);
            }
        }
    }
}
