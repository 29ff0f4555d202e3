package io.twoarm.director.access;

import java.util.List;

/**
 * Who may begin flows of a service. A client on the list of those denied may not; where there is a list of those allowed,
 * everybody else may not either.
 */
public record AccessRules(List<AccessSubject> denied, List<AccessSubject> allowed) {
    /** Everybody may. */
    public static final AccessRules OPEN = new AccessRules(List.of(), List.of());

    public AccessRules {
        denied = List.copyOf(denied);
        allowed = List.copyOf(allowed);
    }

    /** Whether everybody may. */
    public boolean isOpen() {
        return denied.isEmpty() && allowed.isEmpty();
    }

    /** The same with others denied. */
    public AccessRules withDenied(List<AccessSubject> wanted) {
        return new AccessRules(wanted, allowed);
    }

    /** The same with others allowed. */
    public AccessRules withAllowed(List<AccessSubject> wanted) {
        return new AccessRules(denied, wanted);
    }
}
