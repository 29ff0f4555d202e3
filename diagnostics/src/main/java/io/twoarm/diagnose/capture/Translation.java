package io.twoarm.diagnose.capture;

import io.twoarm.diagnose.packet.Endpoint;
import io.twoarm.diagnose.packet.Flow;
import java.util.Optional;

/**
 * What a director makes of one connection.
 *
 * @param protocol number of the transport protocol (IANA)
 * @param local the director's own end towards the realserver; where the client's address is kept, the client itself
 * @param state such as {@code ESTABLISHED}, in the director's word
 */
public record Translation(
        int protocol, Endpoint client, Endpoint virtual, Endpoint local, Endpoint realserver, String state) {

    /** From the client, before the translation. */
    public Flow clientFlow() {
        return new Flow(protocol, client, virtual);
    }

    /** To the realserver, after it. */
    public Flow serverFlow() {
        return new Flow(protocol, local, realserver);
    }

    /** Which of the four lines a flow is; empty when it is none of this connection. */
    public Optional<Leg> leg(Flow flow) {
        if (flow.equals(clientFlow())) {
            return Optional.of(Leg.CLIENT_TO_VIRTUAL);
        }
        if (flow.equals(serverFlow())) {
            return Optional.of(Leg.TO_REALSERVER);
        }
        if (flow.equals(serverFlow().reversed())) {
            return Optional.of(Leg.FROM_REALSERVER);
        }
        return flow.equals(clientFlow().reversed()) ? Optional.of(Leg.VIRTUAL_TO_CLIENT) : Optional.empty();
    }

    /** Whether the addresses are the same on both sides, as with direct routing and tunnels. */
    public boolean keepsAddresses() {
        return clientFlow().equals(serverFlow());
    }
}
