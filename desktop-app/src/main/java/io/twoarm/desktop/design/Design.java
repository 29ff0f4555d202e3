package io.twoarm.desktop.design;

import io.twoarm.desktop.layout.Point;
import io.twoarm.model.Topology;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people edit: a topology, and where its figures stand.
 *
 * @param places centres by object path, as the layout file keeps them; what is missing is placed automatically
 */
public record Design(Topology topology, Map<String, Point> places) {
    public Design {
        places = Map.copyOf(places);
    }

    public Design with(Topology changed) {
        return new Design(changed, places);
    }

    public Design withPlaces(Map<String, Point> changed) {
        return new Design(topology, changed);
    }

    public Design withPlace(ObjectRef ref, Point centre) {
        Map<String, Point> changed = new LinkedHashMap<>(places);
        changed.put(ref.path(), centre);
        return withPlaces(changed);
    }

    Design withoutPlace(ObjectRef ref) {
        Map<String, Point> changed = new LinkedHashMap<>(places);
        changed.remove(ref.path());
        return withPlaces(changed);
    }
}
