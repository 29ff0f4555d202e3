/**
 * Native memory by address. Every access of the daemon to memory outside the Java heap goes through {@link
 * io.twoarm.director.memory.Mem}.
 */
package io.twoarm.director.memory;
