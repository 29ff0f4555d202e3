package io.twoarm.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A director whose SYN proxy has all connections of a capture open, by a {@link Generator} behind its second port. */
record ProxiedDirector(GeneratorProcess generator, BenchDirector director) implements Forwarder {

    /** Returns when every flow is established. */
    static ProxiedDirector start(Path home, Path folder, Source source, DirectorConfiguration configuration, int flows)
            throws IOException {
        Path socket = folder.resolve("generator.sock");
        GeneratorProcess generator = GeneratorProcess.start(
                folder,
                socket,
                "proxied",
                Integer.toString(flows),
                BenchDirector.control(folder).toString());
        try {
            BenchDirector director = BenchDirector.start(home, folder, source.with(socket), configuration);
            ProxiedDirector both = new ProxiedDirector(generator, director);
            try {
                generator.await(ProxiedConnections.OPENED);
                return both;
            } catch (IOException e) {
                director.close();
                throw e;
            }
        } catch (IOException e) {
            generator.close();
            throw e;
        }
    }

    @Override
    public long forwarded() throws IOException {
        return director.forwarded();
    }

    @Override
    public long lost() throws IOException {
        return director.lost();
    }

    @Override
    public String account() throws IOException {
        return director.account();
    }

    @Override
    public ThreadTime worker() {
        return director.worker();
    }

    @Override
    public void close() {
        director.close();
        try {
            generator.close();
        } catch (IOException e) {
            generator.process().destroyForcibly();
        }
    }
}
