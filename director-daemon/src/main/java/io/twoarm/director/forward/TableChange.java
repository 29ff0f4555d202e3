package io.twoarm.director.forward;

import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.address.OwnAddresses;
import io.twoarm.director.route.RouteTable;
import io.twoarm.director.service.MappedEnds;
import io.twoarm.director.service.ServicePlan;
import io.twoarm.director.vlan.VlanPorts;
import java.util.List;

/** Other tables, ready to be put into force by the worker. */
public final class TableChange {
    private final ForwardingTables tables;
    private final List<OwnAddress> addresses;
    private final OwnAddresses own;
    private final RouteTable routes;
    private final ServicePlan services;
    private final VlanPorts vlans;
    private final Nat64Tables.Change nat64;
    private final MappedEnds mappedEnds;
    private final EndpointMappings endpoints;

    TableChange(
            ForwardingTables tables,
            List<OwnAddress> addresses,
            OwnAddresses own,
            RouteTable routes,
            ServicePlan services,
            VlanPorts vlans,
            Nat64Tables.Change nat64,
            MappedEnds mappedEnds,
            EndpointMappings endpoints) {
        this.mappedEnds = mappedEnds;
        this.endpoints = endpoints;
        this.nat64 = nat64;
        this.vlans = vlans;
        this.addresses = addresses;
        this.tables = tables;
        this.own = own;
        this.routes = routes;
        this.services = services;
    }

    ForwardingTables tables() {
        return tables;
    }

    /** Own addresses: those wanted, then those of the links. */
    List<OwnAddress> addresses() {
        return addresses;
    }

    OwnAddresses own() {
        return own;
    }

    RouteTable routes() {
        return routes;
    }

    VlanPorts vlans() {
        return vlans;
    }

    Nat64Tables.Change nat64() {
        return nat64;
    }

    MappedEnds mappedEnds() {
        return mappedEnds;
    }

    /** Room for mappings; null where there is some, or none is needed. */
    EndpointMappings endpoints() {
        return endpoints;
    }

    ServicePlan services() {
        return services;
    }
}
