package io.twoarm.director.forward;

/** Takes one packet with a known session through all steps, whatever it is. */
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
        transport.pass(burst, i, reference);
        long left = burst.references[i];
        if (left > 0) {
            network.pass(burst, i, left);
            emit.pass(burst, i, left);
        }
        burst.references[i] = Burst.SETTLED;
        return left != 0;
    }
}
