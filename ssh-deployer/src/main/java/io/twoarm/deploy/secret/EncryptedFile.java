package io.twoarm.deploy.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Secrets in a file, for machines without a desktop: AES-256-GCM under a key that Argon2id (RFC 9106) makes of a passphrase.
 *
 * <pre>
 * "TWOARM-SECRETS-1\n" | int32 memory KiB | int32 passes | int32 lanes | salt 16 | nonce 12 | ciphertext, tag 16
 * </pre>
 *
 * Numbers are big-endian. Everything before the ciphertext is authenticated with it. The plain text has a line per secret:
 * kind, subject and secret in Base64, separated by tabs.
 */
public final class EncryptedFile implements SecretStore {
    private static final byte[] MAGIC = "TWOARM-SECRETS-1\n".getBytes(StandardCharsets.US_ASCII);
    // RFC 9106, section 4: the second recommended option, for machines with little memory.
    private static final Cost STANDARD = new Cost(64 << 10, 3, 4);
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int MOST_PASSES = 64;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final int HEADER = MAGIC.length + 3 * Integer.BYTES + SALT_BYTES + NONCE_BYTES;
    private static final int TRIES = 3;

    private final Path file;
    private final Function<Question, Optional<String>> passphrase;
    private final SecureRandom random = new SecureRandom();
    private String known;

    /** Work for whoever guesses. */
    private record Cost(int memoryKib, int passes, int lanes) {}

    /** Why the passphrase of the file is asked for. */
    public enum Question {
        OPEN,
        /** The one before was wrong. */
        AGAIN,
        /** There is no file yet. */
        NEW
    }

    /** @param passphrase asks somebody; empty when nobody answers */
    public EncryptedFile(Path file, Function<Question, Optional<String>> passphrase) {
        this.file = file;
        this.passphrase = passphrase;
    }

    /** Where it is unless something else is said: {@code twoarm/secrets} below the user's configuration. */
    public static Path standardPath() {
        Path configuration = Optional.ofNullable(System.getenv("XDG_CONFIG_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
        return configuration.resolve("twoarm").resolve("secrets");
    }

    @Override
    public String description() {
        return "the encrypted file " + file;
    }

    @Override
    public synchronized Optional<String> find(SecretName name) {
        return Files.exists(file) ? Optional.ofNullable(read().get(name.toString())) : Optional.empty();
    }

    @Override
    public synchronized void store(SecretName name, String secret) {
        Map<String, String> all = Files.exists(file) ? read() : new TreeMap<>();
        all.put(name.toString(), secret);
        write(all);
    }

    @Override
    public synchronized boolean forget(SecretName name) {
        if (!Files.exists(file)) {
            return false;
        }
        Map<String, String> all = read();
        boolean was = all.remove(name.toString()) != null;
        if (was) {
            write(all);
        }
        return was;
    }

    @Override
    public synchronized List<SecretName> names() {
        return Files.exists(file)
                ? read().keySet().stream().map(EncryptedFile::name).toList()
                : List.of();
    }

    private static SecretName name(String text) {
        int blank = text.indexOf(' ');
        return Arrays.stream(SecretName.Kind.values())
                .filter(kind -> kind.word().equals(text.substring(0, blank)))
                .map(kind -> new SecretName(kind, text.substring(blank + 1)))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> read() {
        byte[] content = bytes();
        if (content.length < HEADER + TAG_BITS / 8
                || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw unusable("it is not a file of secrets", "name another file, or remove it", null);
        }
        if (known != null) {
            try {
                return parse(decrypt(content, known));
            } catch (AEADBadTagException e) {
                // Written anew by somebody else, under another passphrase.
                known = null;
            }
        }
        for (int i = 0; i < TRIES; i++) {
            String answer = passphrase
                    .apply(i == 0 ? Question.OPEN : Question.AGAIN)
                    .orElseThrow(() -> unusable("its passphrase is not known", "run it at a terminal", null));
            try {
                byte[] plain = decrypt(content, answer);
                known = answer;
                return parse(plain);
            } catch (AEADBadTagException e) {
                // Either a wrong passphrase or a changed file: the cipher cannot tell.
            }
        }
        throw unusable(
                "its passphrase is wrong, or it was changed by something else",
                "repeat with the right one, or remove the file and store the secrets anew",
                null);
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable(String.valueOf(e), "see that it can be read", e);
        }
    }

    private byte[] decrypt(byte[] content, String answer) throws AEADBadTagException {
        ByteBuffer in = ByteBuffer.wrap(content).position(MAGIC.length);
        Cost cost = new Cost(in.getInt(), in.getInt(), in.getInt());
        if (cost.memoryKib < 8 * cost.lanes
                || cost.memoryKib > MOST_MEMORY_KIB
                || cost.passes < 1
                || cost.passes > MOST_PASSES
                || cost.lanes < 1) {
            throw unusable("its header is not one of TwoArm's", "remove it and store the secrets anew", null);
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(salt).get(nonce);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, answer, cost, salt, nonce);
            cipher.updateAAD(content, 0, HEADER);
            return cipher.doFinal(content, HEADER, content.length - HEADER);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static Map<String, String> parse(byte[] plain) {
        Map<String, String> all = new TreeMap<>();
        new String(plain, StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] field = line.split("\t", -1);
            all.put(field[0], new String(Base64.getDecoder().decode(field[1]), StandardCharsets.UTF_8));
        });
        return all;
    }

    private void write(Map<String, String> all) {
        if (known == null) {
            known = passphrase
                    .apply(Question.NEW)
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> unusable("it needs a passphrase", "run it at a terminal", null));
        }
        List<String> lines = new ArrayList<>();
        all.forEach((name, secret) -> lines.add(
                name + "\t" + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)) + "\n"));
        byte[] salt = random(SALT_BYTES);
        byte[] nonce = random(NONCE_BYTES);
        byte[] header = ByteBuffer.allocate(HEADER)
                .put(MAGIC)
                .putInt(STANDARD.memoryKib)
                .putInt(STANDARD.passes)
                .putInt(STANDARD.lanes)
                .put(salt)
                .put(nonce)
                .array();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, known, STANDARD, salt, nonce);
            cipher.updateAAD(header);
            byte[] encrypted = cipher.doFinal(String.join("", lines).getBytes(StandardCharsets.UTF_8));
            replace(ByteBuffer.allocate(HEADER + encrypted.length)
                    .put(header)
                    .put(encrypted)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private void replace(byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "secrets",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable("it cannot be written: " + e, "see that its folder can be written", e);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, String answer, Cost cost, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        byte[] key = new byte[KEY_BYTES];
        argon2.generateBytes(answer.getBytes(StandardCharsets.UTF_8), key);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        Arrays.fill(key, (byte) 0);
        return cipher;
    }

    private SecretException unusable(String cause, String fix, Throwable e) {
        return new SecretException(
                "the file of secrets %s cannot be used: %s.%n        fix:     %s".formatted(file, cause, fix), e);
    }
}
