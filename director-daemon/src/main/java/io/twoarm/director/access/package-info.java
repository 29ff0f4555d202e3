/**
 * Who may use a service: lists of addresses and sets in the manner of ipset. Everything here is immutable and compiled once, so
 * that a worker asks it without locks and without allocating. It knows no packets and no services.
 */
package io.twoarm.director.access;
