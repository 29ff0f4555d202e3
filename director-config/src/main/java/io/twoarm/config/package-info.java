/**
 * What the configuration languages of a director, {@code dpvs.conf} and {@code keepalived.conf}, share: findings,
 * positions, addresses and texts.
 *
 * <p>The languages themselves have packages of their own below. Nothing here knows a topology, a host or a packet.
 */
package io.twoarm.config;
