<#-- The switch's side of a bond. bond, mode, members, segment, mtu, vlan: the segment's number or VLAN; tagged: numbers of VLANs
     on the bond, with commas, or empty. -->
<#list header as line>
!<#if line?has_content> ${line}</#if>
</#list>
!
! ${members} ports of the switch, to ${host}'s bond ${bond} on segment ${segment}. Write the ports' own names for PORTS,
! <#if vlan == "VLAN">the VLAN of the segment for VLAN, and </#if>a free number for N.
<#if mode == 4>
! The bond speaks LACP (mode 4): the switch must, too. The fast rate finds a dead member after 3 seconds instead of 90.
<#else>
! The bond sends round robin (mode 0) and speaks no protocol: the switch must put the ports together without one.
! Packets of one connection take several ports and may overtake each other.
</#if>

! ---- Cisco IOS and IOS XE ----
interface range PORTS
 channel-group N mode <#if mode == 4>active<#else>on</#if>
<#if mode == 4>
 lacp rate fast
</#if>
 spanning-tree portfast
interface Port-channelN
 description ${host} ${bond}
<#if tagged?has_content>
 switchport mode trunk
 switchport trunk native vlan ${vlan}
 switchport trunk allowed vlan ${vlan},${tagged}
<#else>
 switchport mode access
 switchport access vlan ${vlan}
</#if>
<#if mtu != 1500>
 mtu ${mtu?c}
</#if>

! ---- Cisco NX-OS ----
<#if mode == 4>
feature lacp
</#if>
interface PORTS
  channel-group N mode <#if mode == 4>active<#else>on</#if>
<#if mode == 4>
  lacp rate fast
</#if>
interface port-channelN
  description ${host} ${bond}
<#if tagged?has_content>
  switchport mode trunk
  switchport trunk native vlan ${vlan}
  switchport trunk allowed vlan ${vlan},${tagged}
<#else>
  switchport access vlan ${vlan}
</#if>
  spanning-tree port type edge

! ---- Arista EOS ----
interface PORTS
   channel-group N mode <#if mode == 4>active<#else>on</#if>
<#if mode == 4>
   lacp timer fast
</#if>
interface Port-ChannelN
   description ${host} ${bond}
 <#if tagged?has_content>
  switchport mode trunk
  switchport trunk native vlan ${vlan}
  switchport trunk allowed vlan ${vlan},${tagged}
<#else>
  switchport access vlan ${vlan}
</#if>
   spanning-tree portfast

! ---- Juniper Junos ----
! set chassis aggregated-devices ethernet device-count COUNT
! set interfaces PORT ether-options 802.3ad aeN             (once for each port)
<#if mode == 4>
! set interfaces aeN aggregated-ether-options lacp active periodic fast
</#if>
! set interfaces aeN description "${host} ${bond}"
<#if tagged?has_content>
! set interfaces aeN native-vlan-id ${vlan}
! set interfaces aeN unit 0 family ethernet-switching interface-mode trunk vlan members [ ${vlan} ${tagged?replace(",", " ")} ]
<#else>
! set interfaces aeN unit 0 family ethernet-switching vlan members ${vlan}
</#if>

! ---- Linux bridge ----
! ip link add bondN type bond mode <#if mode == 4>802.3ad lacp_rate fast<#else>balance-rr</#if> miimon 100
! ip link set PORT down && ip link set PORT master bondN && ip link set PORT up   (once for each port)
! ip link set bondN master BRIDGE && bridge vlan add dev bondN vid ${vlan} pvid untagged
<#list tagged?split(",")?filter(number -> number?has_content) as number>
! bridge vlan add dev bondN vid ${number}
</#list>
