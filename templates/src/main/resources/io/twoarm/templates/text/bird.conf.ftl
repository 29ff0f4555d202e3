<#-- BIRD 2. director: whether it announces; neighbours: {name, host, address, autonomousSystem}; vips: with lengths. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

log syslog all;
router id ${routerId};

protocol device {
}

# Only VIPs, each by itself.
define VIPS = [ ${vips?join(", ")} ];

<#if director>
# VIPs are the dataplane's and stand in no routing table of the kernel; here they exist to be announced.
protocol static vips {
    ipv4;
<#list vips as vip>
    route ${vip} blackhole;
</#list>
}
<#else>
# What was learnt goes to the kernel, with all of its paths.
protocol kernel {
    merge paths yes limit ${members};
    ipv4 {
        import none;
        export filter {
            if net ~ VIPS then accept;
            reject;
        };
    };
}
</#if>
<#if bfd>

# Finds a dead neighbour after three missed packets, 0.9 seconds, where BGP alone waits for minutes.
protocol bfd {
    interface "*" {
        interval 300 ms;
        multiplier 3;
    };
}
</#if>
<#list neighbours as neighbour>

# ${neighbour.host()}
protocol bgp ${neighbour.name()} {
    local as ${autonomousSystem?c};
    neighbor ${neighbour.address()} as ${neighbour.autonomousSystem()?c};
<#if bfd>
    bfd yes;
</#if>
    ipv4 {
<#if director>
        import none;
        export where net ~ VIPS;
        next hop self;
<#else>
        import where net ~ VIPS;
        export none;
</#if>
    };
}
</#list>
