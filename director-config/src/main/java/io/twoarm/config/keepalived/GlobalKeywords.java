package io.twoarm.config.keepalived;

import static io.twoarm.config.keepalived.KeywordLists.lines;
import static io.twoarm.config.keepalived.KeywordLists.plain;

import io.twoarm.config.keepalived.Keyword.Use;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Global keywords that are known but not honoured: mail, scripts, VRRP defaults, and keepalived's own processes. */
final class GlobalKeywords {
    static final List<Keyword> OTHER = Stream.of(
                    plain("", Use.REFUSED, "include net_namespace instance"),
                    plain(
                            "",
                            Use.WITHOUT_EFFECT,
                            "linkbeat_use_polling namespace_with_ipsets use_pid_dir child_wait_time"),
                    lines("global_defs", Use.WITHOUT_EFFECT, "notification_email"),
                    plain("global_defs", Use.WITHOUT_EFFECT, """
                            process_names process_name vrrp_process_name lvs_process_name bfd_process_name
                            notification_email_from smtp_server smtp_helo_name smtp_connect_timeout
                            smtp_alert smtp_alert_vrrp smtp_alert_checker checker_log_all_failures
                            dynamic_interfaces no_email_faults default_interface
                            lvs_timeouts lvs_flush lvs_flush_onstop lvs_sync_daemon
                            vrrp_mcast_group4 vrrp_mcast_group6
                            vrrp_garp_master_delay vrrp_garp_master_repeat
                            vrrp_garp_master_refresh vrrp_garp_master_refresh_repeat
                            vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat
                            vrrp_garp_interval vrrp_gna_interval vrrp_min_garp
                            vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert vrrp_version
                            vrrp_iptables vrrp_ipsets nftables nftables_priority nftables_counters nftables_ifindex
                            vrrp_check_unicast_src vrrp_skip_check_adv_addr vrrp_strict
                            vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity vrrp_rlimit_rtime
                            notify_fifo notify_fifo_script vrrp_notify_fifo_script
                            vrrp_notify_priority_changes lvs_notify_fifo lvs_notify_fifo_script
                            checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity
                            checker_rlimit_rtime
                            bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rtime
                            snmp_socket enable_traps enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc
                            enable_snmp_rfcv2 enable_snmp_rfcv3 enable_snmp_checker
                            enable_dbus dbus_service_name script_user enable_script_security
                            vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force
                            vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force
                            process_monitor_rcv_bufs process_monitor_rcv_bufs_force
                            lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
                            lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force
                            rs_init_notifies no_checker_emails
                            vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier vrrp_startup_delay log_unknown_vrids
                            umask random_seed proxy_protocol
                            """))
            .flatMap(Function.identity())
            .toList();

    private GlobalKeywords() {}
}
