/**
 * The way of a packet: classify, look up, schedule, translate, emit. {@link io.twoarm.director.forward.Forwarder} is made
 * from a {@link io.twoarm.director.forward.ForwarderSetup}, one per worker, and is called by that worker's thread only:
 * {@code process} per burst, {@code tick} once per turn. Other threads may use what its {@link
 * io.twoarm.director.forward.ForwarderStatus} offers, at any time. Before the ports open, {@link
 * io.twoarm.director.forward.Prewarm} makes the code fast. Steps live here; tables live in {@code session}, {@code service},
 * {@code neighbour}, {@code route} and {@code address}.
 */
package io.twoarm.director.forward;
