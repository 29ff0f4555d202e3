package io.twoarm.director.route;

import io.twoarm.director.address.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Routes of both families, searched from the longest prefix to the shortest. A director has few, so a walk over arrays is
 * faster than a trie; the class is the place for one when tables grow.
 */
public final class RouteTable {
    private List<Route> routes;
    private int ipv4Count;
    private int[] prefixes;
    private int[] masks;
    private long[] highs;
    private long[] highMasks;
    private long[] lows;
    private long[] lowMasks;

    public RouteTable(List<Route> unsorted) {
        routes = unsorted.stream()
                .sorted(Comparator.comparing((Route route) -> !route.prefix().isIpv4())
                        .thenComparing(Comparator.comparingInt(Route::length).reversed()))
                .toList();
        List<Route> ipv4 =
                routes.stream().filter(route -> route.prefix().isIpv4()).toList();
        List<Route> ipv6 = routes.subList(ipv4.size(), routes.size());
        ipv4Count = ipv4.size();
        prefixes = ipv4.stream().mapToInt(route -> (int) route.prefix().low()).toArray();
        masks = ipv4.stream().mapToInt(route -> Route.mask(route.length())).toArray();
        highs = ipv6.stream().mapToLong(route -> route.prefix().high()).toArray();
        lows = ipv6.stream().mapToLong(route -> route.prefix().low()).toArray();
        highMasks =
                ipv6.stream().mapToLong(route -> Route.highMask(route.length())).toArray();
        lowMasks =
                ipv6.stream().mapToLong(route -> Route.lowMask(route.length())).toArray();
    }

    /** Takes over other routes. For the worker, between two bursts. */
    public void adopt(RouteTable others) {
        routes = others.routes;
        ipv4Count = others.ipv4Count;
        prefixes = others.prefixes;
        masks = others.masks;
        highs = others.highs;
        highMasks = others.highMasks;
        lows = others.lows;
        lowMasks = others.lowMasks;
    }

    /** Number of the most specific route to an IPv4 address, or -1. Of equals the first given wins. */
    public int find(int address) {
        for (int i = 0; i < prefixes.length; i++) {
            if ((address & masks[i]) == prefixes[i]) {
                return i;
            }
        }
        return -1;
    }

    /** Number of the most specific route to an IPv6 address, or -1. Of equals the first given wins. */
    public int find(long high, long low) {
        for (int i = 0; i < highs.length; i++) {
            if ((high & highMasks[i]) == highs[i] && (low & lowMasks[i]) == lows[i]) {
                return ipv4Count + i;
            }
        }
        return -1;
    }

    public Route get(int number) {
        return routes.get(number);
    }

    /** The most specific route to an address. */
    public Optional<Route> to(IpAddress address) {
        int number = address.isIpv4() ? find((int) address.low()) : find(address.high(), address.low());
        return number < 0 ? Optional.empty() : Optional.of(routes.get(number));
    }

    /** All routes, IPv4 before IPv6, each most specific first. */
    public List<Route> routes() {
        return routes;
    }
}
