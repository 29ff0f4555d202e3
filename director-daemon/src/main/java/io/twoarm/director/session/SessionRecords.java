package io.twoarm.director.session;

/** A table whose records are all of one size and known by number; the first 64 bytes of each are a {@link SessionRecord}. */
public interface SessionRecords {

    /** Address of a record by its number. */
    long record(int number);

    /** Numbers of records that were ever used are below this. */
    int used();

    /** Number of a record. */
    int number(long session);

    /**
     * Reads what {@link #remove} will want, so that it is in the cache by then.
     *
     * @return anything
     */
    long touch(long session);

    /** Takes a session out. It must be in no timer list any more. */
    void remove(long session);
}
