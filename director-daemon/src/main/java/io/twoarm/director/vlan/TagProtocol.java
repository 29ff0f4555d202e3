package io.twoarm.director.vlan;

import io.twoarm.director.packet.EthernetHeader;
import java.util.Optional;

/** Kinds of VLAN tags, by the type in front of them. */
public enum TagProtocol {
    /** Of IEEE 802.1Q. */
    CUSTOMER("802.1q", "vlan", EthernetHeader.TYPE_VLAN),
    /** Of IEEE 802.1ad, now the service tag of 802.1Q. */
    SERVICE("802.1ad", "QinQ", EthernetHeader.TYPE_SERVICE_VLAN);

    private final String keyword;
    private final String otherName;
    private final int type;

    TagProtocol(String keyword, String otherName, int type) {
        this.keyword = keyword;
        this.otherName = otherName;
        this.type = type;
    }

    /** Its name in {@code dpip} and {@code dpvs.conf}. */
    public String keyword() {
        return keyword;
    }

    /** The Ethernet type that a tagged frame has in front of the tag's number. */
    public int type() {
        return type;
    }

    /** By {@code 802.1q}, {@code vlan}, {@code 802.1ad} or {@code QinQ}, in letters of any case. */
    public static Optional<TagProtocol> of(String word) {
        for (TagProtocol each : values()) {
            if (word.equalsIgnoreCase(each.keyword) || word.equalsIgnoreCase(each.otherName)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
