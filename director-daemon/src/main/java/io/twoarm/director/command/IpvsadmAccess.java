package io.twoarm.director.command;

import io.twoarm.director.access.AccessRules;
import io.twoarm.director.access.AccessSubject;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;

/** Access lists of {@code ipvsadm}: {@code -U}, {@code -V} and {@code -B}, {@code -O}, {@code -Y} and {@code -W}. */
final class IpvsadmAccess {
    private IpvsadmAccess() {}

    /** The service with what the command adds to one of its lists, or takes out. */
    static ServiceDefinition edited(ServiceDefinition service, IpvsadmOptions options) throws ToolFailure {
        Option command = options.command();
        boolean denies = command == Option.ADD_BLKLST || command == Option.DEL_BLKLST;
        boolean adds = command == Option.ADD_BLKLST || command == Option.ADD_WHTLST;
        AccessSubject subject = AccessSubject.parse(options.required(denies ? Option.BLKLST : Option.WHTLST));
        AccessRules rules = service.access();
        List<AccessSubject> list = new ArrayList<>(denies ? rules.denied() : rules.allowed());
        if (adds && list.contains(subject)) {
            throw new ToolFailure(IpvsadmOptions.REFUSED, "already exist: " + subject);
        }
        if (!adds && !list.contains(subject)) {
            throw new ToolFailure(IpvsadmOptions.REFUSED, "not exist: " + subject);
        }
        if (adds) {
            list.add(subject);
        } else {
            list.remove(subject);
        }
        return service.withAccess(denies ? rules.withDenied(list) : rules.withAllowed(list));
    }

    /** The rows of a list. */
    static void list(StringBuilder out, List<ServiceDefinition> services, boolean denied) {
        out.append("%-8s %-30s %-30s%n".formatted("PROTO", "VIP:VPORT", denied ? "BLACKLIST" : "WHITELIST"));
        for (ServiceDefinition service : services) {
            for (AccessSubject subject :
                    denied ? service.access().denied() : service.access().allowed()) {
                out.append("%-8s %-30s %-30s%n"
                        .formatted(service.protocol().name(), service.address().withPort(service.port()), subject));
            }
        }
    }
}
