/**
 * Measures the daemon beside its peers. Every program under test is the real one, started as its users start it, and is
 * observed from outside: packets by its own counters, work by the CPU time of its worker thread. Nothing here is part of
 * the product, and no other module may use it.
 */
package io.twoarm.bench;
