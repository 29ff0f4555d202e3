<#-- nginx of one's own on a realserver. lips: local addresses; toa, nat64, proxied: what its services need. -->
<#list header as line>
#<#if line?has_content> ${line}</#if>
</#list>
#
# To be included in the http block of nginx.conf: include /etc/nginx/twoarm-client.conf;
# Behind it, $twoarm_client and $twoarm_client_port are the client whatever way it came, and
#     proxy_set_header X-Forwarded-For $twoarm_forwarded;
# hands it on to a server behind nginx.
<#if proxied>

# The PROXY protocol: each server of such a service also needs "listen PORT proxy_protocol;".
# Only directors are believed; a client that connects directly cannot name another one.
<#list lips as lip>
set_real_ip_from ${lip};
</#list>
real_ip_header proxy_protocol;
</#if>
<#if nat64 && patched>

# Variables of DPVS's patch of nginx, for NAT64 with the kernel module: "-" when the connection is not translated.
# With the patch for nginx 1.14 the port comes in the wrong order of bytes; the one for 1.26 is right.
map $toa_remote_addr $twoarm_client {
    default $toa_remote_addr;
    "-"     $remote_addr;
}
map $toa_remote_port $twoarm_client_port {
    default $toa_remote_port;
    "-"     $remote_port;
}
<#else>

# <#if proxied>real_ip_header<#elseif toa>twoarm-toa or the kernel module<#else>The director's mode</#if> makes nginx's own variables the client's.
map $remote_addr $twoarm_client {
    default $remote_addr;
}
map $remote_port $twoarm_client_port {
    default $remote_port;
}
</#if>

# What the client itself has sent in this header is not believed; $proxy_add_x_forwarded_for would pass it on, and with
# NAT64 add the director's address.
map $twoarm_client $twoarm_forwarded {
    default $twoarm_client;
}

log_format twoarm '$twoarm_client:$twoarm_client_port $remote_addr:$remote_port [$time_local] "$request" $status';
