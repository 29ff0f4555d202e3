package io.twoarm.director.forward;

/** Takes one packet with a known session through the stages that a burst goes through. */
final class SingleFile {
    private final TransportStage transport;
    private final NetworkStage network;
    private final EmitStage emit;

    SingleFile(TransportStage transport, NetworkStage network, EmitStage emit) {
        this.transport = transport;
        this.network = network;
        this.emit = emit;
    }

    /** False when the session ended over the packet, which then stands without one. */
    boolean pass(Burst burst, int i, long reference) {
        burst.references[i] = reference;
        transport.run(burst, i, i + 1);
        network.run(burst, i, i + 1);
        long left = burst.references[i];
        if (left > 0) {
            emit.pass(burst, i, left);
        }
        burst.references[i] = Burst.SETTLED;
        return left != 0;
    }
}
