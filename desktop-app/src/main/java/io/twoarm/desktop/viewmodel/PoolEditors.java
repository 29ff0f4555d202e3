package io.twoarm.desktop.viewmodel;

import io.twoarm.desktop.design.Adding;
import io.twoarm.desktop.design.Wording;
import io.twoarm.model.HealthCheck;
import io.twoarm.model.HealthCheck.TcpConnect;
import io.twoarm.model.IpLiteral;
import io.twoarm.model.RealserverPool;
import io.twoarm.model.RealserverPool.Member;
import io.twoarm.model.Topology;
import io.twoarm.model.change.ObjectList;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Editors for the fields of realserver pools: their members and what checks them. */
final class PoolEditors {
    private static final Pattern ENDPOINT = Pattern.compile("\\[?([^\\]]+?)\\]?:([0-9]{1,5})");

    private PoolEditors() {}

    private static Topology pool(Topology topology, RealserverPool pool, UnaryOperator<RealserverPool> change) {
        return ObjectList.POOLS.change(topology, pool.name(), change);
    }

    private static Topology member(
            Topology topology, RealserverPool pool, Member member, UnaryOperator<Member> change) {
        return pool(
                topology,
                pool,
                it -> new RealserverPool(
                        it.name(), PropertyEditors.replaced(it.members(), member, change.apply(member)), it.check()));
    }

    static Editor endpoint(RealserverPool pool, Member member) {
        return new Editor.Typed(
                PropertyEditors.field("property.member", member.host()),
                DiagramBuilder.endpoint(member.address(), member.port()),
                (it, text) -> {
                    Matcher parts = ENDPOINT.matcher(text.strip());
                    if (!parts.matches()) {
                        throw new IllegalArgumentException(Texts.text("editor.endpoint"));
                    }
                    Member changed = new Member(
                            member.host(),
                            IpLiteral.parse(parts.group(1)),
                            PropertyEditors.number(parts.group(2)),
                            member.weight());
                    return member(it, pool, member, each -> changed);
                });
    }

    static Editor weight(RealserverPool pool, Member member) {
        return new Editor.Typed(
                PropertyEditors.field("property.weight", member.host()),
                Integer.toString(member.weight()),
                (it, text) -> member(
                        it,
                        pool,
                        member,
                        each -> new Member(each.host(), each.address(), each.port(), PropertyEditors.number(text))));
    }

    static Editor.Action removeMember(RealserverPool pool, Member member) {
        return PropertyEditors.removal(
                pool.name(),
                topology -> pool(
                        topology,
                        pool,
                        it -> new RealserverPool(
                                it.name(), PropertyEditors.without(it.members(), member), it.check())));
    }

    /** One for each realserver with an address that is no member yet. */
    static List<Editor.Action> addMembers(Topology topology, RealserverPool pool) {
        return topology.realservers()
                .filter(host -> Adding.member(host).isPresent())
                .filter(host -> pool.members().stream()
                        .noneMatch(member -> member.host().equals(host.name())))
                .map(host -> new Editor.Action(
                        Texts.text("property.add.member", host.name()),
                        Wording.of("edit.addTo", pool.name()),
                        it -> Adding.join(it, pool.name(), host.name())))
                .toList();
    }

    private static Topology check(Topology topology, RealserverPool pool, HealthCheck check) {
        return pool(topology, pool, it -> new RealserverPool(it.name(), it.members(), check));
    }

    static Editor checkType(RealserverPool pool) {
        List<Editor.Option> options = Stream.of("check.none", "check.tcp.name")
                .map(key -> new Editor.Option(key, Texts.text(key)))
                .toList();
        return new Editor.Choice(
                PropertyEditors.field("property.check", pool.name()),
                options,
                (it, key) -> check(it, pool, key.equals("check.none") ? new HealthCheck.None() : TcpConnect.STANDARD));
    }

    private static Editor time(
            String key, RealserverPool pool, Duration now, BiFunction<TcpConnect, Duration, TcpConnect> change) {
        return new Editor.Typed(
                PropertyEditors.field(key, pool.name()),
                HealthCheckText.seconds(now),
                (it, text) -> check(it, pool, change.apply((TcpConnect) pool.check(), PropertyEditors.duration(text))));
    }

    static Editor interval(RealserverPool pool, TcpConnect tcp) {
        return time(
                "property.interval",
                pool,
                tcp.interval(),
                (it, time) -> new TcpConnect(time, it.connectTimeout(), it.retries(), it.retryDelay()));
    }

    static Editor connectTimeout(RealserverPool pool, TcpConnect tcp) {
        return time(
                "property.connectTimeout",
                pool,
                tcp.connectTimeout(),
                (it, time) -> new TcpConnect(it.interval(), time, it.retries(), it.retryDelay()));
    }

    static Editor retryDelay(RealserverPool pool, TcpConnect tcp) {
        return time(
                "property.retryDelay",
                pool,
                tcp.retryDelay(),
                (it, time) -> new TcpConnect(it.interval(), it.connectTimeout(), it.retries(), time));
    }

    static Editor retries(RealserverPool pool, TcpConnect tcp) {
        return new Editor.Typed(
                PropertyEditors.field("property.retries", pool.name()),
                Integer.toString(tcp.retries()),
                (it, text) -> check(
                        it,
                        pool,
                        new TcpConnect(
                                tcp.interval(), tcp.connectTimeout(), PropertyEditors.number(text), tcp.retryDelay())));
    }
}
