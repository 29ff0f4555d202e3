package io.twoarm.director.fragment;

/**
 * The fragments that are kept: places for {@value #PLACES} of them, in one list per packet that is sorted by offset. Places
 * are numbered from 1; 0 is none.
 */
final class PieceList {
    /** All places together. Few, for each holds a buffer that the ports would like to fill. */
    static final int PLACES = 512;

    final long[] mbufs = new long[PLACES + 1];

    /** Address of the fragment's data. */
    final long[] data = new long[PLACES + 1];

    /** Where the data belongs, in bytes behind the header. */
    final int[] starts = new int[PLACES + 1];

    final int[] lengths = new int[PLACES + 1];
    final int[] next = new int[PLACES + 1];
    private int free = 1;
    private int used;

    PieceList() {
        for (int i = 1; i < PLACES; i++) {
            next[i] = i + 1;
        }
    }

    boolean isFull() {
        return free == 0;
    }

    /** Places that are taken. */
    int used() {
        return used;
    }

    /** Takes a place, of which there is one, and puts it behind another or, with 0, in front of {@code following}. */
    int insert(int before, int following, long mbuf, long dataAt, int start, int length) {
        int place = free;
        free = next[place];
        used++;
        mbufs[place] = mbuf;
        data[place] = dataAt;
        starts[place] = start;
        lengths[place] = length;
        next[place] = following;
        if (before != 0) {
            next[before] = place;
        }
        return place;
    }

    /** Gives a place back and names the one behind it. */
    int remove(int place) {
        int following = next[place];
        next[place] = free;
        free = place;
        used--;
        return following;
    }

    int end(int place) {
        return starts[place] + lengths[place];
    }
}
