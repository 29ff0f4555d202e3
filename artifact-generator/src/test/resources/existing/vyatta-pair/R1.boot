firewall {
    name internet_to_protected {
        default-action drop
        description "Internet to Protected"
        rule 10 {
            action accept
            state {
                established enable
            }
        }
    }
    name protected_to_internet {
        default-action accept
        description "Protected to Internet"
        rule 10 {
            action drop
            state {
                invalid enable
            }
        }
    }
}
interfaces {
    ethernet eth0 {
        address 10.10.0.102/24
        firewall {
            in {
                name internet_to_protected
            }
        }
        vrrp {
            vrrp-group 1 {
                advertise-interval 1
                preempt true
                priority 200
                sync-group MAIN-GW
                virtual-address 10.10.0.101
            }
        }
    }
    ethernet eth1 {
        address 10.10.10.2/24
    }
    ethernet eth2 {
        address 192.168.100.2/24
        firewall {
            in {
                name protected_to_internet
            }
        }
        vrrp {
            vrrp-group 2 {
                advertise-interval 1
                preempt true
                priority 200
                sync-group MAIN-GW
                virtual-address 192.168.100.1
            }
        }
    }
    loopback lo {
    }
}
service {
    conntrack-sync {
        failover-mechanism {
            vrrp {
                sync-group MAIN-GW
            }
        }
        interface eth1
    }
    nat {
        rule 10 {
            description SNAT
            outbound-interface eth0
            outside-address {
                address 10.10.0.101
            }
            source {
                address 192.168.100.0/24
            }
            type source
        }
    }
    ssh {
        port 22
        protocol-version v2
    }
}
system {
    gateway-address 10.10.0.1
    host-name R1
}
