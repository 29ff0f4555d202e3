/**
 * The kernel's twins of the ports: TAP interfaces for what the kernel should get (VRRP, SSH, BGP) and what it sends. Workers
 * and the thread that serves the interfaces exchange packet buffers through rings. What the kernel gets is decided in {@code
 * forward}, not here.
 */
package io.twoarm.director.exception;
