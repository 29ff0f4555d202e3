package io.twoarm.director.scheduling;

/** What the realservers of a service carry at the moment, by place. Belongs to the worker. */
public interface Members {

    /** Whether a new flow may go there: it is up, has a weight and is below its limit. */
    boolean isAvailable(int place);

    /** TCP sessions in the state ESTABLISHED. */
    long active(int place);

    /** All other sessions. */
    long inactive(int place);
}
