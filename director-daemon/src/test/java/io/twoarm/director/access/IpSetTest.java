package io.twoarm.director.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twoarm.director.address.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpSetTest {
    private static IpSet set(String type) {
        IpSetType known = IpSetType.of(type).orElseThrow();
        String range = type.equals("bitmap:port") ? "1-1000" : known.isBitmap() ? "10.0.0.0/16" : "";
        return IpSet.create(
                "it", known, new IpSet.Options(false, true, 1024, 70_000, range), List.of("dpdk0", "dpdk1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bitmap:ip              | 10.0.0.1-10.0.0.5                    | 10.0.0.5                         | 10.0.0.6",
                "bitmap:ip,mac          | 10.0.0.1,02:00:00:00:00:0a           | 10.0.0.1,02:00:00:00:00:0A       | 10.0.0.1,02:00:00:00:00:0b",
                "bitmap:port            | udp:53-54                            | udp:54                           | tcp:54",
                "hash:ip                | 10.0.0.0/30                          | 10.0.0.3                         | 10.0.0.4",
                "hash:net               | 10.1.0.0-10.1.2.255                  | 10.1.2.9                         | 10.1.3.0",
                "hash:net               | 0.0.0.0/0                            | 255.255.255.255                  |",
                "hash:ip,port           | 10.0.0.1,tcp:80-90                   | 10.0.0.1,tcp:90                  | 10.0.0.1,tcp:91",
                "hash:ip,port           | 10.0.0.1,icmp:0                      | 10.0.0.1,icmp:7                  | 10.0.0.1,tcp:0",
                "hash:ip,port           | 10.0.0.1,sctp:2905                   | 10.0.0.1,sctp:2905               | 10.0.0.1,tcp:2905",
                "hash:net,port          | 10.0.0.0/8,udp:53                    | 10.9.9.9,udp:53                  | 10.9.9.9,udp:54",
                "hash:net,port,iface    | 10.0.0.0/8,80,dpdk1                  | 10.9.9.9,tcp:80,dpdk1            | 10.9.9.9,tcp:80,dpdk0",
                "hash:ip,port,ip        | 10.0.0.1,tcp:80,192.0.2.1            | 10.0.0.1,tcp:80,192.0.2.1        | 10.0.0.1,tcp:80,192.0.2.2",
                "hash:ip,port,net       | 10.0.0.1,tcp:80,192.0.2.0/24         | 10.0.0.1,tcp:80,192.0.2.2        | 10.0.0.1,tcp:80,192.0.3.2",
                "hash:net,port,net      | 10.0.0.0/8,tcp:80,192.0.2.0/24       | 10.1.1.1,tcp:80,192.0.2.2        | 11.0.0.1,tcp:80,192.0.2.2",
                "hash:net,port,net,port | 10.0.0.0/8,tcp:1,192.0.2.0/24,80-81  | 10.1.1.1,tcp:1,192.0.2.2,81      | 10.1.1.1,tcp:1,192.0.2.2,82",
            })
    void everyTypeHoldsWhatItIsGivenAndNoMore(String type, String entry, String inside, String outside) {
        IpSet set = set(type).with(entry, false, "");
        assertThat(set.contains(inside)).isTrue();
        assertThat(outside != null && set.contains(outside)).isFalse();
        assertThat(set.has(entry)).isTrue();
        IpSet again = set(type);
        for (String member : set.members()) {
            again = again.with(member.trim(), false, "");
        }
        assertThat(again.members()).as("what is listed can be typed").isEqualTo(set.members());
        assertThat(set.without(entry).size()).isZero();
        assertThat(set.without(entry).contains(inside)).isFalse();
        assertThat(set.flushed().contains(inside)).isFalse();
    }

    @Test
    void theLongestPrefixDecides() {
        IpSet set = set("hash:net")
                .with("10.0.0.0/8", false, "")
                .with("10.1.0.0/16", true, "but these")
                .with("10.1.1.0/24", false, "")
                .with("10.1.1.1", true, "");
        assertThat(List.of("10.0.0.1", "10.1.0.1", "10.1.1.2", "10.1.1.1", "11.0.0.1"))
                .extracting(set::contains)
                .containsExactly(true, false, true, false, false);
        assertThat(set.members()).contains("10.1.0.0/16  nomatch  comment \"but these\"");
    }

    /** Against a search through all prefixes. */
    @Test
    void lookingUpAgreesWithASearchThroughAllEntries() {
        Random random = new Random(7);
        Map<AddressBlock, Boolean> plain = new HashMap<>();
        IpSet set = set("hash:net");
        for (int i = 0; i < 200; i++) {
            AddressBlock block = AddressBlock.ofPrefix(
                    IpAddress.parse("10." + random.nextInt(4) + "." + random.nextInt(8) + "." + random.nextInt(256)),
                    8 + random.nextInt(25));
            boolean exception = random.nextInt(3) == 0;
            plain.put(block, exception);
            set = set.with(block.toString().contains("/") ? block.toString() : block + "/32", exception, "");
        }
        for (int i = 0; i < 2000; i++) {
            IpAddress address =
                    IpAddress.parse("10." + random.nextInt(5) + "." + random.nextInt(9) + "." + random.nextInt(256));
            boolean expected = plain.entrySet().stream()
                    .filter(entry -> holds(entry.getKey(), address))
                    .min((one, other) -> Long.compare(width(one.getKey()), width(other.getKey())))
                    .map(entry -> !entry.getValue())
                    .orElse(false);
            assertThat(set.contains(address.toString())).as(address.toString()).isEqualTo(expected);
        }
    }

    private static boolean holds(AddressBlock block, IpAddress address) {
        return address.low() >= block.first().low()
                && address.low() <= block.last().low();
    }

    private static long width(AddressBlock block) {
        return block.last().low() - block.first().low();
    }

    @Test
    void aSetOfIpv6KeepsItsFamily() {
        IpSet set = IpSet.create("wide", IpSetType.HASH_NET, new IpSet.Options(true, false, 1024, 100, ""), List.of())
                .with("2001:db8::/32", false, "")
                .with("2001:db8:1::/48", true, "");
        assertThat(set.contains("2001:db8:2::1")).isTrue();
        assertThat(set.contains("2001:db8:1::1")).isFalse();
        assertThat(set.contains("2001:db9::1")).isFalse();
        assertThat(set.with("::/0", false, "").contains(from("10.0.0.1"))).isFalse();
        assertThat(set.with("::/0", false, "").contains(from("::1"))).isTrue();
        assertThatThrownBy(() -> set.with("10.0.0.1", false, "")).hasMessageContaining("of the other family");
    }

    @Test
    void aSetOfOneHundredThousandEntriesIsBounded() {
        IpSet set = set("hash:ip").with("10.0.0.0/16", false, "");
        assertThat(set.size()).isEqualTo(65_536);
        assertThat(set.contains("10.0.255.255")).isTrue();
        assertThat(set.bytes()).isLessThan(16_000_000);
        assertThatThrownBy(() -> set.with("10.1.0.0/16", false, "")).hasMessageContaining("is full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bitmap:ip | 10.1.0.0 | outside of the set's range",
                "bitmap:port | 1001 | outside of the set's range",
                "hash:ip | 10.0.0.0/8 | use a type with net",
                "hash:ip | 10.0.0.9-10.0.0.1 | the lower address comes first",
                "hash:ip | ten | no IPv4 address",
                "hash:net | 10.0.0.0/33 | prefix length of 0 to 32",
                "hash:ip,port | 10.0.0.1,gre:1 | names no protocol",
                "hash:ip,port | 10.0.0.1,tcp:70000 | no range within 0-65535",
                "hash:ip,port | 10.0.0.1,tcp:a | is no port",
                "hash:ip,port | 10.0.0.1 | has 2",
                "bitmap:ip,mac | 10.0.0.1,02 | no Ethernet address",
                "hash:net,port,iface | 10.0.0.0/8,80,eth9 | no such device: eth9; there are dpdk0, dpdk1",
            })
    void whatIsNoEntryIsRefusedWithItsReason(String line) {
        String[] words = line.split(" \\| ");
        IpSet set = set(words[0]);
        assertThatThrownBy(() -> set.with(words[1], false, "")).hasMessageContaining(words[2]);
        assertThatThrownBy(() -> set("hash:ip").with("10.0.0.1", true, "")).hasMessageContaining("nomatch is for");
    }

    @Test
    void namesHaveAForm() {
        for (String name : List.of("", "a b", "x".repeat(32), "ipset/x")) {
            assertThatThrownBy(() -> IpSet.create(name, IpSetType.HASH_IP, IpSet.Options.DEFAULT, List.of()))
                    .hasMessageContaining("is no name of a set");
        }
    }

    @Test
    void rangesOfAnAccessListAreJoinedAndFound() {
        AccessRules rules = AccessRules.OPEN.withDenied(List.of(
                AccessSubject.parse("10.0.0.5-10.0.0.9"),
                AccessSubject.parse("10.0.0.0/29"),
                AccessSubject.parse("10.0.1.0/24"),
                AccessSubject.parse("::/0")));
        AccessFilter filter = new AccessFilter(rules, Map.of());
        assertThat(List.of("9.255.255.255", "10.0.0.0", "10.0.0.9", "10.0.0.10", "10.0.1.255", "10.0.2.0", "::1"))
                .extracting(text -> filter.admits(from(text)))
                .containsExactly(true, false, false, true, false, true, false);
    }

    private static AccessQuery from(String text) {
        AccessQuery query = new AccessQuery();
        query.sourceHigh = IpAddress.parse(text).high();
        query.sourceLow = IpAddress.parse(text).low();
        return query;
    }
}
