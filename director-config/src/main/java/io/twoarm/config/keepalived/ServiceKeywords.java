package io.twoarm.config.keepalived;

import static io.twoarm.config.keepalived.KeywordLists.block;
import static io.twoarm.config.keepalived.KeywordLists.plain;

import io.twoarm.config.keepalived.Keyword.Use;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keywords of virtual servers, realservers and checks that are known but not honoured. */
final class ServiceKeywords {
    private static final String CHECK_OPTIONS = """
            connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark retry delay_before_retry warmup
            delay_loop alpha log_all_failures
            """;

    static final List<Keyword> OTHER = Stream.of(
                    plain("virtual_server", Use.REFUSED, """
                            hashed flag-1 flag-2 flag-3
                            quic
                            vip_bind_dev persistence_engine
                            alpha ha_suspend
                            sorry_server_inhibit sorry_server_lvs_method
                            """),
                    plain("virtual_server", Use.WITHOUT_EFFECT, """
                            sh-fallback mh-fallback
                            warmup omega quorum hysteresis quorum_up quorum_down smtp_alert virtualhost
                            """),
                    plain("real_server", Use.REFUSED, "lvs_method alpha"),
                    plain("real_server", Use.WITHOUT_EFFECT, "notify_up notify_down warmup smtp_alert virtualhost"),
                    plain("TCP_CHECK", Use.WITHOUT_EFFECT, "bindto bind_port bind_if fwmark warmup log_all_failures"),
                    plain("TCP_CHECK", Use.REFUSED, "alpha"),
                    otherCheck("UDP_CHECK", "payload require_reply min_reply_length max_reply_length"),
                    otherCheck("HTTP_GET", "virtualhost http_protocol enable_sni fast_recovery nb_get_retry"),
                    otherCheck("SSL_GET", "virtualhost http_protocol enable_sni fast_recovery nb_get_retry"),
                    block("HTTP_GET", Use.REFUSED, "url", "url"),
                    block("SSL_GET", Use.REFUSED, "url", "url"),
                    plain("url", Use.REFUSED, """
                            path digest status_code virtualhost regex regex_no_match regex_options regex_min_offset
                            regex_max_offset regex_stack
                            """),
                    otherCheck("SMTP_CHECK", "helo_name"),
                    block("SMTP_CHECK", Use.REFUSED, "host", "host"),
                    plain(
                            "host",
                            Use.REFUSED,
                            "connect_ip connect_port bindto bind_port bind_if connect_timeout fwmark"),
                    otherCheck("DNS_CHECK", "type name"),
                    otherCheck("MISC_CHECK", "misc_path misc_timeout misc_dynamic user"),
                    block("real_server", Use.REFUSED, "BFD_CHECK", "BFD_CHECK"),
                    plain("BFD_CHECK", Use.REFUSED, "name alpha"))
            .flatMap(Function.identity())
            .toList();

    private ServiceKeywords() {}

    private static Stream<Keyword> otherCheck(String name, String keywords) {
        return Stream.of(
                        block("real_server", Use.REFUSED, name, name),
                        plain(name, Use.REFUSED, keywords),
                        plain(name, Use.REFUSED, CHECK_OPTIONS))
                .flatMap(Function.identity());
    }
}
