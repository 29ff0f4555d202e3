/**
 * Capture files and streams: pcap and pcapng read as they arrive, pcapng written.
 *
 * <p>Bytes come in and frames with time, length and interface go out. What is in a frame is not looked at here.
 */
package io.twoarm.diagnose.pcap;
