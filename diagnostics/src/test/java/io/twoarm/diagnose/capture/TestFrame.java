package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.TcpSegment;
import io.twoarm.diagnose.pcap.CapturedFrame;
import io.twoarm.diagnose.pcap.CapturedFrame.Direction;
import java.nio.ByteBuffer;

/** TCP segments over IPv4 as they are seen somewhere. */
record TestFrame(String source, String destination, int flags, byte[] options) {
    private static final int HEADERS = 14 + 20 + 20;

    static TestFrame syn(String source, String destination) {
        return new TestFrame(source, destination, TcpSegment.SYN, new byte[0]);
    }

    static TestFrame synAck(String source, String destination) {
        return new TestFrame(source, destination, TcpSegment.SYN | TcpSegment.ACK, new byte[0]);
    }

    static TestFrame ack(String source, String destination) {
        return new TestFrame(source, destination, TcpSegment.ACK, new byte[0]);
    }

    TestFrame withClient(String client) {
        Endpoint end = Endpoint.parse(client);
        ByteBuffer toa = ByteBuffer.allocate(8).put((byte) 254).put((byte) 8).putShort((short) end.port());
        return new TestFrame(
                source, destination, flags, toa.put(end.address().getAddress()).array());
    }

    SeenFrame seen(CapturePoint point, Direction direction, long nanos) {
        Endpoint from = Endpoint.parse(source);
        Endpoint to = Endpoint.parse(destination);
        ByteBuffer frame = ByteBuffer.allocate(HEADERS + options.length);
        frame.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}).putShort((short) 0x800);
        frame.putShort((short) 0x4500).putShort((short) (40 + options.length)).putInt(0x4000);
        frame.putShort((short) 0x4006).putShort((short) 0);
        frame.put(from.address().getAddress()).put(to.address().getAddress());
        frame.putShort((short) from.port())
                .putShort((short) to.port())
                .putInt(1)
                .putInt(1);
        frame.put((byte) ((20 + options.length) / 4 << 4)).put((byte) flags).putShort((short) 1000);
        frame.putInt(0).put(options);
        return new SeenFrame(point, new CapturedFrame(0, nanos, frame.capacity(), direction, frame.array()), 1);
    }
}
