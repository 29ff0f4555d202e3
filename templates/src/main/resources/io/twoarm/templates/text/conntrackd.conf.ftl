<#-- State of connections told to the other members of a group. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>

Sync {
    # Every message is acknowledged and sent again until it is: what the members know does not drift apart.
    Mode FTFW {
        # What others tell is kept apart, and given to the kernel only when this host takes over.
        DisableExternalCache off

        # Seconds that connections live which were taken over, unless packets of theirs come by.
        CommitTimeout 180

        # Seconds after a change of roles until what belongs to no connection any more is thrown away.
        PurgeTimeout 60
    }

    # To all members at once, over ${port} on segment ${segment}. Whoever can send there can forge connections, so
    # nobody else belongs on that wire.
    Multicast {
        IPv4_address 225.0.0.50
        Group 3780
        IPv4_interface ${address}
        Interface ${port}
        SndSocketBuffer 1249280
        RcvSocketBuffer 1249280
        Checksum on
    }
}

General {
    # Tells systemd when it is ready.
    Systemd on

    # Buckets and entries: a bucket for four entries.
    HashSize 32768
    HashLimit 131072
    LogFile off
    Syslog on
    LockFile /var/lock/conntrackd.lock

    UNIX {
        Path /var/run/conntrackd.ctl
    }

    # Bytes for events of the kernel; where they do not do, it grows up to the second one.
    NetlinkBufferSize 2097152
    NetlinkBufferSizeMaxGrowth 8388608

    # Here and not in the kernel, which knows fewer kinds of filters.
    Filter From Userspace {
        Protocol Accept {
            TCP
            UDP
            ICMP
        }

        # Connections of this host itself end with it; telling them would only cost.
        Address Ignore {
            IPv4_address 127.0.0.1
<#list ignored as own>
            IPv4_address ${own}
</#list>
        }
    }
}
