package io.twoarm.director.control;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.Ipv4Address;
import io.twoarm.director.siit.AddressMappings;

/** The answer of the control command {@code translation}. */
final class TranslationReport {
    private TranslationReport() {}

    static Json of(AddressMappings mappings) {
        Json.ObjectBuilder report = Json.object();
        mappings.prefix()
                .ifPresent(prefix ->
                        report.put("prefix", IpAddress.of(prefix.high(), prefix.low()) + "/" + prefix.length()));
        return report.put(
                        "mappings",
                        mappings.explicit().stream()
                                .map(mapping -> Json.object()
                                        .put("ipv4", new Ipv4Address(mapping.ipv4()) + "/" + mapping.ipv4Length())
                                        .put(
                                                "ipv6",
                                                IpAddress.of(mapping.high(), mapping.low()) + "/"
                                                        + mapping.ipv6Length())
                                        .build())
                                .toList())
                .build();
    }
}
