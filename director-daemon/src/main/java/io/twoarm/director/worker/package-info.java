/**
 * The run-to-completion loop: poll the ports, hand bursts to the processor, run commands, rest when nothing is to do. One
 * worker is one thread that owns its ports and tables; other threads reach it only through its command queue. What is
 * done with packets, and where ports come from, is not decided here.
 */
package io.twoarm.director.worker;
