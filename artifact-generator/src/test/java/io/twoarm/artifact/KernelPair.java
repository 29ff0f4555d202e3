package io.twoarm.artifact;

/** Two directors of kind ipvs as a pair that balances by NAT and is the way out of its realservers. */
final class KernelPair {
    private KernelPair() {}

    static String text() {
        return """
                twoarm: 1
                name: kernel-pair
                segments:
                  wan: { subnets: [10.0.96.0/24] }
                  lan: { subnets: [192.168.1.0/24] }
                hosts:
                  client:
                    role: client
                    ports:
                      eth0: { segment: wan, addresses: [10.0.96.1/24] }
                  lb1:
                    role: director
                    kind: ipvs
                    ports:
                      eth0: { segment: wan, addresses: [10.0.96.11/24] }
                      eth1: { segment: lan, addresses: [192.168.1.11/24] }
                  lb2:
                    role: director
                    kind: ipvs
                    ports:
                      eth0: { segment: wan, addresses: [10.0.96.12/24] }
                      eth1: { segment: lan, addresses: [192.168.1.12/24] }
                  rs1:
                    role: realserver
                    echo: [80]
                    ports:
                      eth0: { segment: lan, addresses: [192.168.1.21/24] }
                    routes:
                      - { to: default, via: 192.168.1.1 }
                directorGroups:
                  pair:
                    type: vrrp
                    members: [lb1, lb2]
                    preempt: true
                    password: secret
                    instances:
                      wan: { port: eth0, family: ipv4, virtualRouterId: 51 }
                      lan: { port: eth1, family: ipv4, virtualRouterId: 52, addresses: [192.168.1.1] }
                realserverPools:
                  web:
                    check: { type: tcp, interval: 500ms }
                    members:
                      - { host: rs1, address: 192.168.1.21, port: 80 }
                natGateways:
                  out: { director: pair, port: eth0, addresses: [10.0.96.100, 10.0.96.101], sources: [192.168.1.0/24] }
                virtualServices:
                  web:
                    director: pair
                    port: eth0
                    vip: 10.0.96.100
                    protocol: tcp
                    servicePort: 80
                    mode: nat
                    scheduler: wlc
                    realservers: web
                """;
    }
}
