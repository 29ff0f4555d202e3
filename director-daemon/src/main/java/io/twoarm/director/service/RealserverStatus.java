package io.twoarm.director.service;

/**
 * A realserver as it stands at a moment.
 *
 * @param definition what was configured
 * @param up whether its health checks pass; true without checks
 * @param weight the weight that counts: 0 while it is down
 * @param full whether it has reached its upper limit and not yet fallen below the lower one
 * @param activeSessions TCP sessions in the state ESTABLISHED
 * @param inactiveSessions all others, as IPVS counts them
 * @param connections sessions since start
 * @param packetsIn packets of clients since start
 * @param bytesIn their bytes, IP headers included
 * @param packetsOut packets of the realserver since start
 * @param bytesOut their bytes, IP headers included
 */
public record RealserverStatus(
        RealserverDefinition definition,
        boolean up,
        int weight,
        boolean full,
        long activeSessions,
        long inactiveSessions,
        long connections,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut) {}
