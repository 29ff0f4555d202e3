package io.twoarm.model.morph;

import io.twoarm.model.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ways from one kind of design to another. */
public enum Morph {
    HA_PAIR("ha-pair", "a single director becomes a VRRP pair"),
    TWO_ARM("two-arm", "a one-armed director gets a second arm, and its realservers a wire of their own"),
    DUAL_STACK("dual-stack", "IPv4 services are offered over IPv6 too, all the way to the realservers"),
    NAT64("nat64", "IPv4 FullNAT services are offered to IPv6 clients; realservers stay as they are"),
    BONDED("bonded", "each NIC of the dataplane becomes a bond of two"),
    ECMP("ecmp-cluster", "a VRRP pair becomes a cluster that announces its VIPs by BGP");

    private final String word;
    private final String about;

    Morph(String word, String about) {
        this.word = word;
        this.about = about;
    }

    /** As on command lines. */
    public String word() {
        return word;
    }

    /** What it does, as half a sentence. */
    public String about() {
        return about;
    }

    public static Optional<Morph> of(String word) {
        return Arrays.stream(values()).filter(morph -> morph.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Morph::word).toList();
    }

    /**
     * The morphed design.
     *
     * @throws MorphRefusedException when the design is not of the kind that it starts from
     */
    public Morphed apply(Topology topology) {
        Drafting drafting = new Drafting(topology);
        try {
            draft(drafting);
        } catch (IllegalArgumentException impossible) {
            // Names that are too long or taken, and subnets that are full.
            throw new MorphRefusedException(impossible.getMessage().replaceFirst("\\.?$", "."));
        }
        if (drafting.topology().equals(topology)) {
            throw new MorphRefusedException("the design is of that kind already.");
        }
        return new Morphed(this, topology, drafting.topology(), drafting.steps());
    }

    private void draft(Drafting drafting) {
        switch (this) {
            case HA_PAIR -> PairMorph.apply(drafting);
            case TWO_ARM -> TwoArmMorph.apply(drafting);
            case DUAL_STACK -> Ipv6Morph.dualStack(drafting);
            case NAT64 -> Ipv6Morph.nat64(drafting);
            case BONDED -> BondMorph.apply(drafting);
            case ECMP -> EcmpMorph.apply(drafting);
        }
    }
}
