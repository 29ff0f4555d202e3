/**
 * Packets that come in pieces: fragments are kept until all of a packet are there, then it stands whole in the {@linkplain
 * io.twoarm.director.emit.Emitter#large large buffer} and takes its way like any other. What is told to senders, and which
 * way a packet takes, is decided elsewhere; cutting packets is the emitter's.
 */
package io.twoarm.director.fragment;
