package io.twoarm.config.keepalived;

import static io.twoarm.config.keepalived.KeywordLists.block;
import static io.twoarm.config.keepalived.KeywordLists.lines;
import static io.twoarm.config.keepalived.KeywordLists.plain;

import io.twoarm.config.keepalived.Keyword.Use;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keywords of VRRP that only keepalived acts on, and those of BFD and tunnels. */
final class RedundancyKeywords {
    static final List<Keyword> OTHER = Stream.of(
                    lines(
                            "vrrp_instance",
                            Use.WITHOUT_EFFECT,
                            "unicast_peer track_interface track_script track_file track_process track_bfd"),
                    lines("vrrp_instance", Use.REFUSED, "virtual_routes virtual_rules"),
                    block("vrrp_instance", Use.WITHOUT_EFFECT, "authentication", "authentication"),
                    plain("authentication", Use.WITHOUT_EFFECT, "auth_type auth_pass"),
                    plain("vrrp_instance", Use.WITHOUT_EFFECT, """
                            use_vmac vmac_xmit_base use_ipvlan old_unicast_checksum native_ipv6 state interface
                            dont_track_primary mcast_src_ip unicast_src_ip track_src_ip
                            virtual_router_id version priority advert_int promote_secondaries accept no_accept
                            skip_check_adv_addr strict_mode preempt nopreempt preempt_delay debug
                            notify_backup notify_master notify_fault notify_stop notify notify_master_rx_lower_pri
                            smtp_alert notify_priority_changes lvs_sync_daemon_interface
                            garp_master_delay garp_master_refresh garp_master_repeat garp_master_refresh_repeat
                            garp_lower_prio_delay garp_lower_prio_repeat lower_prio_no_advert
                            higher_prio_send_advert kernel_rx_buf_size linkbeat_interfaces linkbeat_use_polling
                            """),
                    block("", Use.WITHOUT_EFFECT, "vrrp_sync_group", "vrrp_sync_group"),
                    lines(
                            "vrrp_sync_group",
                            Use.WITHOUT_EFFECT,
                            "group track_interface track_script track_file track_process track_bfd"),
                    plain("vrrp_sync_group", Use.WITHOUT_EFFECT, """
                            notify_backup notify_master notify_fault notify_stop notify smtp_alert
                            global_tracking sync_group_tracking_weight notify_priority_changes
                            """),
                    block("", Use.WITHOUT_EFFECT, "vrrp_script", "vrrp_script"),
                    plain("vrrp_script", Use.WITHOUT_EFFECT, "script interval timeout weight rise fall user init_fail"),
                    block("", Use.WITHOUT_EFFECT, "vrrp_track_file", "vrrp_track_file"),
                    plain("vrrp_track_file", Use.WITHOUT_EFFECT, "file weight init_file"),
                    block("", Use.WITHOUT_EFFECT, "vrrp_track_process", "vrrp_track_process"),
                    plain("vrrp_track_process", Use.WITHOUT_EFFECT, """
                            process param_match weight quorum quorum_max delay fork_delay terminate_delay
                            full_command
                            """),
                    block("", Use.WITHOUT_EFFECT, "garp_group", "garp_group"),
                    plain("garp_group", Use.WITHOUT_EFFECT, "garp_interval gna_interval interface"),
                    lines("garp_group", Use.WITHOUT_EFFECT, "interfaces"),
                    block("", Use.WITHOUT_EFFECT, "bfd_instance", "bfd_instance"),
                    plain("bfd_instance", Use.WITHOUT_EFFECT, """
                            neighbor_ip source_ip neighbor_discriminator local_discriminator min_rx min_tx idle_tx
                            multiplier detect_multiplier passive ttl hoplimit max_hops weight vrrp checker
                            """),
                    lines("", Use.REFUSED, "static_rules"),
                    block("", Use.REFUSED, "tunnel_group", "tunnel_group"),
                    block("tunnel_group", Use.REFUSED, "tunnel_entry", "tunnel_entry"),
                    plain("tunnel_entry", Use.REFUSED, "kind local remote if"),
                    block("", Use.WITHOUT_EFFECT, "SSL", "SSL"),
                    plain("SSL", Use.WITHOUT_EFFECT, "password ca certificate key"))
            .flatMap(Function.identity())
            .toList();

    private RedundancyKeywords() {}
}
