package io.twoarm.director.session;

import java.security.SecureRandom;

/**
 * A 128-bit key that outsiders cannot know.
 *
 * @param low first 64 bits
 * @param high last 64 bits
 */
public record SecretKey(long low, long high) {

    /** A new key from the system's random source. */
    public static SecretKey random() {
        SecureRandom random = new SecureRandom();
        return new SecretKey(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return "SecretKey[hidden]";
    }
}
