package io.twoarm.deploy;

import java.util.List;
import java.util.Set;

/**
 * What a design asks of a machine besides files, packages and units; looked at before a deployment.
 *
 * @param nics PCI addresses of the NICs that the dataplane takes over
 * @param hugepageMegabytes memory in hugepages; 0 for none
 * @param virtualRouters that the host is to take part in
 */
public record HostNeeds(List<String> nics, int hugepageMegabytes, List<VirtualRouter> virtualRouters) {
    public static final HostNeeds NONE = new HostNeeds(List.of(), 0, List.of());

    public HostNeeds {
        nics = List.copyOf(nics);
        virtualRouters = List.copyOf(virtualRouters);
    }

    /**
     * A virtual router of IPv4 (RFC 9568); those of IPv6 announce themselves from addresses that nobody writes down.
     *
     * @param id VRID, 1 to 255
     * @param interfaceName the kernel's interface on whose wire it is announced
     * @param members addresses from which its own members announce it
     */
    public record VirtualRouter(int id, String interfaceName, Set<String> members) {
        public VirtualRouter {
            members = Set.copyOf(members);
        }
    }
}
