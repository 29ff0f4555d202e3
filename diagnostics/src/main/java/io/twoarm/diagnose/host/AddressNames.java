package io.twoarm.diagnose.host;

import io.twoarm.model.Host;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.LocalAddressPool;
import io.twoarm.model.Topology;
import io.twoarm.model.VirtualService;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the addresses of a topology belong to, in its own names. */
public final class AddressNames {
    private final Map<InetAddress, Owner> owners = new LinkedHashMap<>();

    /**
     * @param host the host that answers there; of a VIP its director or group
     * @param role such as {@code eth0}, {@code VIP of web} or {@code LIP of lan-lips}
     */
    public record Owner(String host, String role) {
        @Override
        public String toString() {
            return host + " " + role;
        }
    }

    public AddressNames(Topology topology) {
        topology.ports()
                .forEach(place -> place.port()
                        .addresses()
                        .forEach(own -> owners.putIfAbsent(
                                own.address(),
                                new Owner(place.host().name(), place.port().name()))));
        for (VirtualService service : topology.virtualServices()) {
            owners.putIfAbsent(service.vip(), new Owner(service.director(), "VIP of " + service.name()));
        }
        for (Host.Director director : topology.directors().toList()) {
            for (LocalAddressPool pool : topology.localAddressPoolsOf(director).toList()) {
                pool.addresses()
                        .forEach(lip -> owners.putIfAbsent(lip, new Owner(director.name(), "LIP of " + pool.name())));
            }
        }
    }

    public Optional<Owner> owner(InetAddress address) {
        return Optional.ofNullable(owners.get(address));
    }

    /** The owner, or the address itself. */
    public String name(InetAddress address) {
        return owner(address).map(Owner::toString).orElseGet(() -> IpLiteral.format(address));
    }

    /** One word per address, for name resolution in capture files. */
    public Map<InetAddress, String> words() {
        Map<InetAddress, String> words = new LinkedHashMap<>();
        owners.forEach((address, owner) -> words.put(
                address, (owner.host() + "-" + owner.role()).replace(' ', '-').replace("-of", "")));
        return words;
    }
}
