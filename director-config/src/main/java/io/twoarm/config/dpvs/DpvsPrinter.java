package io.twoarm.config.dpvs;

import io.twoarm.config.PrintStyle;
import io.twoarm.config.syntax.BlockWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints a model in the order of the keyword table. */
final class DpvsPrinter {
    private static final String INIT = "<init> ";

    private final PrintStyle style;
    private final BlockWriter writer = new BlockWriter();
    private final Set<String> explained = new HashSet<>();

    DpvsPrinter(PrintStyle style) {
        this.style = style;
    }

    String print(DpvsConf conf) {
        style.header().forEach(writer::comment);
        printNameless("", conf, conf.settings(), false);
        return writer.print();
    }

    /** The contents of a block: its settings, then its nameless and named blocks. */
    private void printNameless(String block, DpvsConf conf, Settings settings, boolean insideInit) {
        printSettings(block, settings, insideInit);
        for (Block inner : DpvsKeywords.blocks()) {
            if (!inner.enclosing().equals(block)) {
                continue;
            }
            switch (inner.path()) {
                case "netif_defs/device" ->
                    conf.devices().forEach(device -> {
                        open(inner, device.name());
                        printNameless(inner.path(), conf, device.settings(), true);
                        writer.close();
                    });
                case "netif_defs/bonding" ->
                    conf.bondings().forEach(bonding -> {
                        open(inner, bonding.name());
                        bonding.members().forEach(member -> writer.statement("slave", BlockWriter.word(member)));
                        printNameless(inner.path(), conf, bonding.settings(), true);
                        writer.close();
                    });
                case "netif_defs/vlan" ->
                    conf.vlans().forEach(vlan -> {
                        open(inner, vlan.name());
                        printNameless(inner.path(), conf, vlan.settings(), false);
                        writer.close();
                    });
                case "worker_defs/worker" -> conf.workers().forEach(worker -> printWorker(inner, worker));
                case "worker_defs/worker/port" -> {}
                case "siit_defs/eam" ->
                    conf.mappings().forEach(mapping -> {
                        open(inner, mapping.ipv4());
                        printNameless(inner.path(), conf, mapping.settings(), false);
                        writer.close();
                    });
                case "nat64_defs/binding" ->
                    conf.bindings().forEach(binding -> {
                        open(inner, binding.outside());
                        printNameless(inner.path(), conf, binding.settings(), false);
                        writer.close();
                    });
                default -> printIfUsed(inner, conf, settings, insideInit);
            }
        }
    }

    private void printWorker(Block block, Worker worker) {
        open(block, worker.name());
        printSettings(block.path(), worker.settings(), true);
        Block port = DpvsKeywords.block(block.path() + "/port").orElseThrow();
        for (Worker.PortQueues queues : worker.ports()) {
            open(port, queues.device());
            printSettings(port.path(), queues.settings(), true);
            writer.close();
        }
        writer.close();
    }

    private void printIfUsed(Block block, DpvsConf conf, Settings settings, boolean insideInit) {
        boolean used =
                settings.present().stream().anyMatch(setting -> setting.path().startsWith(block.path() + "/"));
        boolean holdsNamed = block.path().equals("netif_defs")
                && !(conf.devices().isEmpty()
                        && conf.bondings().isEmpty()
                        && conf.vlans().isEmpty());
        boolean holdsWorkers =
                block.path().equals("worker_defs") && !conf.workers().isEmpty();
        boolean holdsMappings =
                block.path().equals("siit_defs") && !conf.mappings().isEmpty();
        boolean holdsBindings =
                block.path().equals("nat64_defs") && !conf.bindings().isEmpty();
        if (used || holdsNamed || holdsWorkers || holdsMappings || holdsBindings) {
            if (block.enclosing().isEmpty()) {
                writer.blankLine();
            }
            open(block, "");
            printNameless(block.path(), conf, settings, insideInit);
            writer.close();
        }
    }

    private void open(Block block, String name) {
        if (style.explained()
                && explained.add(block.path())
                && !block.enclosing().isEmpty()
                && block.named()) {
            writer.comment(block.about());
        }
        writer.open(
                (block.initOnly() ? INIT : "") + block.name() + (name.isEmpty() ? "" : " " + BlockWriter.word(name)));
    }

    private void printSettings(String block, Settings settings, boolean insideInit) {
        List<Setting<?>> present = settings.present().stream()
                .filter(setting -> setting.block().equals(block))
                .toList();
        present.forEach(setting -> printSetting(setting, settings, insideInit));
    }

    private <T> void printSetting(Setting<T> setting, Settings settings, boolean insideInit) {
        T value = settings.get(setting);
        if (style.explained() && explained.add(setting.path())) {
            writer.comment(setting.about());
            writer.comment("Allowed: " + setting.kind().allowed() + "." + fallback(setting));
        }
        boolean marked = setting.initOnly() && !insideInit;
        writer.statement((marked ? INIT : "") + setting.name(), setting.kind().print(value));
    }

    private static <T> String fallback(Setting<T> setting) {
        String text = setting.fallback().map(setting.kind()::print).orElse("");
        return text.isEmpty() ? "" : " Default: " + text + ".";
    }
}
