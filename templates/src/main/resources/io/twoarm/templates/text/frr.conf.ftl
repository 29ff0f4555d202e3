<#-- FRR. director: whether it announces; neighbours: {name, host, address, autonomousSystem}; vips: with lengths. -->
<#list header as line>
!<#if line?has_content> ${line}</#if>
</#list>
!
frr defaults traditional
hostname ${host}
log syslog informational
!
<#if bfd>
! Finds a dead neighbour after three missed packets, 0.9 seconds, where BGP alone waits for minutes.
bfd
<#list neighbours as neighbour>
 peer ${neighbour.address()}
  detect-multiplier 3
  receive-interval 300
  transmit-interval 300
 exit
</#list>
exit
!
</#if>
! Only VIPs, each by itself, and nothing else in the other direction.
<#list vips as vip>
ip prefix-list VIPS seq ${(vip?index + 1) * 5} permit ${vip}
</#list>
ip prefix-list NOTHING seq 5 deny any
!
router bgp ${autonomousSystem?c}
 bgp router-id ${routerId}
 no bgp default ipv4-unicast
<#if director>
 ! VIPs are the dataplane's and stand in no routing table of the kernel.
 no bgp network import-check
<#else>
 ! Paths of the same length count as equal even when they come from different systems.
 bgp bestpath as-path multipath-relax
</#if>
<#list neighbours as neighbour>
 neighbor ${neighbour.address()} remote-as ${neighbour.autonomousSystem()?c}
 neighbor ${neighbour.address()} description ${neighbour.host()}
<#if bfd>
 neighbor ${neighbour.address()} bfd
</#if>
</#list>
 !
 address-family ipv4 unicast
<#if director>
<#list vips as vip>
  network ${vip}
</#list>
<#else>
  maximum-paths ${members}
</#if>
<#list neighbours as neighbour>
  neighbor ${neighbour.address()} activate
  neighbor ${neighbour.address()} prefix-list <#if director>NOTHING<#else>VIPS</#if> in
  neighbor ${neighbour.address()} prefix-list <#if director>VIPS<#else>NOTHING</#if> out
</#list>
 exit-address-family
exit
!
