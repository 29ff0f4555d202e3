/**
 * What directors count, as rates over time: sessions, packets and drops by service, realserver, port and reason.
 *
 * <p>Lines of the control protocol come in, samples go out, at the interval that was asked for. How they are drawn is the
 * reader's business.
 */
package io.twoarm.diagnose.metrics;
