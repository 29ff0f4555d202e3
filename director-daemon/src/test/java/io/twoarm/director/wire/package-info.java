/**
 * Packets as text, for tests: {@link io.twoarm.director.wire.PacketWriter} makes frames of lines, {@link
 * io.twoarm.director.wire.PacketReader} makes lines of frames and checks every length and checksum on the way. Both work on
 * byte arrays with code of their own and use nothing of what they test.
 */
package io.twoarm.director.wire;
