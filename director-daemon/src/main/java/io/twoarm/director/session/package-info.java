/**
 * Sessions: the table, states and timers, local ports, sequence numbers. All of it is memory taken once at start and
 * belongs to one worker. No packet is read or changed here; that is done in {@code forward}.
 */
package io.twoarm.director.session;
