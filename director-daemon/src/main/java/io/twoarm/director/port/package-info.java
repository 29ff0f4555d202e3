/** Ports: where bursts of packets come from and go to, whatever carries them. */
package io.twoarm.director.port;
