package io.twoarm.engine;

import io.twoarm.model.DirectorGroup;
import io.twoarm.model.Host;
import io.twoarm.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The order in which hosts are deployed to, so that a service goes on: clients and routers at once, then realservers a
 * third at a time, then directors with the preferred one of every group last. A wave begins when every host of the one
 * before is as designed and healthy.
 */
final class Waves {
    private static final int REALSERVER_BATCHES = 3;

    private Waves() {}

    /** Names of hosts, each host in one wave; no wave is empty. */
    static List<List<String>> of(Topology topology) {
        List<String> others = new ArrayList<>();
        List<String> realservers = new ArrayList<>();
        TreeMap<Integer, List<String>> directors = new TreeMap<>();
        for (Host host : topology.hosts()) {
            switch (host) {
                case Host.Client client -> others.add(client.name());
                case Host.Router router -> others.add(router.name());
                case Host.Realserver realserver -> realservers.add(realserver.name());
                case Host.Director director ->
                    directors
                            .computeIfAbsent(rank(topology, director), rank -> new ArrayList<>())
                            .add(director.name());
            }
        }
        List<List<String>> waves = new ArrayList<>();
        waves.add(others);
        waves.addAll(batches(realservers));
        waves.addAll(directors.values());
        return waves.stream().filter(wave -> !wave.isEmpty()).map(List::copyOf).toList();
    }

    /** The last member of a group is the first: clients lean on it least. A director on its own has nobody to wait for. */
    private static int rank(Topology topology, Host.Director director) {
        return topology.groupOf(director)
                .map(DirectorGroup::members)
                .map(members -> members.size() - 1 - members.indexOf(director.name()))
                .orElse(0);
    }

    /** Neighbours in the file, which are mostly of one pool, come into different batches. */
    private static List<List<String>> batches(List<String> realservers) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < Math.min(REALSERVER_BATCHES, realservers.size()); i++) {
            batches.add(new ArrayList<>());
        }
        for (int i = 0; i < realservers.size(); i++) {
            batches.get(i % batches.size()).add(realservers.get(i));
        }
        return batches;
    }
}
