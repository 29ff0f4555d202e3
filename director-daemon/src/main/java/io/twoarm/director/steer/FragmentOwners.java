package io.twoarm.director.steer;

/**
 * Which worker the first fragment of a packet went to, so that the others follow. Only the first one has ports. A table of
 * {@value #SLOTS} places in which a newer packet takes the place of an older one.
 */
final class FragmentOwners {
    private static final int SLOTS = 4096;
    private static final int GOLDEN = 0x9E37_79B1;
    private static final int SHIFT = 20;

    private final int[] keys = new int[SLOTS];
    private final int[] ids = new int[SLOTS];
    private final byte[] owners = new byte[SLOTS];

    private static int slot(int key, int id) {
        return (key ^ id * 31) * GOLDEN >>> SHIFT;
    }

    /**
     * Remembers the worker of a first fragment.
     *
     * @return that worker
     */
    int put(int key, int id, int owner) {
        int slot = slot(key, id);
        keys[slot] = key;
        ids[slot] = id;
        owners[slot] = (byte) (owner + 1);
        return owner;
    }

    /** The worker of the first fragment, or {@code otherwise} when that has not come. */
    int find(int key, int id, int otherwise) {
        int slot = slot(key, id);
        return owners[slot] != 0 && keys[slot] == key && ids[slot] == id ? owners[slot] - 1 : otherwise;
    }
}
