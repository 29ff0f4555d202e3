<#-- nginx server that answers with the peer's address. ports: list of {port, proxied, translated}; ipv6: whether to listen on IPv6 too. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# /        answers with the address and port that nginx sees: the client's with TOA, the LIP's without
# /files/  serves what lies in /srv/twoarm

# An IPv6 address stands in brackets, so that the port can be told from it.
map $remote_addr $twoarm_client {
    default $remote_addr;
    ~:      [$remote_addr];
}

server {
<#list ports as port>
<#if port.translated()>
    # For both families: IPv6 clients come over IPv4, and a socket for IPv4 alone could not name them.
    listen [::]:${port.port()?c} ipv6only=off<#if port.proxied()> proxy_protocol</#if>;
<#else>
    listen ${port.port()?c}<#if port.proxied()> proxy_protocol</#if>;
<#if ipv6>
    listen [::]:${port.port()?c}<#if port.proxied()> proxy_protocol</#if>;
</#if>
</#if>
</#list>
<#if ports?filter(port -> port.proxied())?has_content>

    # The director says first who the client is (PROXY protocol); without these lines nginx would show the director.
    # Everybody who reaches this port is believed: let nobody but directors reach it.
    set_real_ip_from 0.0.0.0/0;
    set_real_ip_from ::/0;
    real_ip_header proxy_protocol;
</#if>

    # Any host name, and none: so this server answers although Debian's default site is the default of port 80. A
    # site that names its host wins over this one.
    server_name "" ~.;

    location / {
        default_type text/plain;
        return 200 "$twoarm_client:$remote_port\n";
    }

    location /files/ {
        alias /srv/twoarm/;
    }
}
