package io.twoarm.model;

/**
 * How to reach a host for deployment. Keys and passwords are never part of a topology.
 *
 * @param address an IP address or a host name
 * @param port TCP port of the SSH server, 1 to 65535
 * @param user login name
 */
public record SshAccess(String address, int port, String user) {
    public static final int STANDARD_PORT = 22;
    public static final String ADDRESS_PATTERN = "[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}";
    public static final String USER_PATTERN = "[A-Za-z_][A-Za-z0-9_.-]{0,31}";

    /** @throws InvalidLiteralException when address or user could not be given to an SSH client */
    public SshAccess {
        checkAddress(address);
        Range.TRANSPORT_PORT.check(port, "ssh port");
        checkUser(user);
    }

    public static String checkAddress(String address) {
        if (!address.matches(ADDRESS_PATTERN)) {
            throw new InvalidLiteralException(
                    "\"" + address + "\" is neither an IP address nor a host name.",
                    "Write the address only, such as 192.0.2.10 or lb1.example.net; user and port have keys of their"
                            + " own.");
        }
        return address;
    }

    public static String checkUser(String user) {
        if (!user.matches(USER_PATTERN)) {
            throw new InvalidLiteralException(
                    "\"" + user + "\" is not a login name.", "Write the login name on that host, such as root.");
        }
        return user;
    }
}
