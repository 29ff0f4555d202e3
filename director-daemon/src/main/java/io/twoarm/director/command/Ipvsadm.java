package io.twoarm.director.command;

import io.twoarm.director.address.IpAddress;
import io.twoarm.director.address.OwnAddress;
import io.twoarm.director.command.IpvsadmOptions.Option;
import io.twoarm.director.control.ControlException;
import io.twoarm.director.control.DirectorView;
import io.twoarm.director.forward.ForwardingTables;
import io.twoarm.director.packet.Protocol;
import io.twoarm.director.service.ServiceDefinition;
import io.twoarm.director.service.ServiceKey;
import io.twoarm.director.service.ServicePolicy;
import io.twoarm.director.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code ipvsadm}: virtual services, realservers and local addresses. */
public final class Ipvsadm implements Tool {
    @Override
    public String name() {
        return "ipvsadm";
    }

    @Override
    public ToolOutput run(List<String> words, DirectorView.Running director) throws InterruptedException {
        try {
            IpvsadmOptions options = IpvsadmOptions.parse(words);
            return switch (options.command()) {
                case HELP -> ToolOutput.done(ToolHelp.IPVSADM);
                case LIST, GET_LADDR, GET_BLKLST, GET_WHTLST, SAVE, VERSION ->
                    new IpvsadmListing(director, options).run();
                default -> {
                    execute(options, director);
                    yield ToolOutput.done("");
                }
            };
        } catch (ToolFailure e) {
            return new ToolOutput(e.status(), "", "ipvsadm: " + e.getMessage() + "\n");
        } catch (ControlException | IllegalArgumentException e) {
            return new ToolOutput(IpvsadmOptions.REFUSED, "", "ipvsadm: " + e.getMessage() + "\n");
        }
    }

    private static void execute(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        refuseUnsupported(options);
        switch (options.command()) {
            case ADD_SERVICE -> addService(options, director);
            case EDIT_SERVICE -> editService(options, director, service -> IpvsadmPolicy.edited(service, options));
            case DELETE_SERVICE -> {
                ServiceKey key = IpvsadmChoice.required(options, director);
                find(director, key);
                director.change(tables -> tables.withServices(tables.services().stream()
                        .filter(service -> !service.key().equals(key))
                        .toList()));
            }
            case CLEAR -> director.change(tables -> tables.withServices(List.of()));
            case ADD_SERVER -> editService(options, director, service -> IpvsadmServers.added(service, options));
            case EDIT_SERVER -> editService(options, director, service -> IpvsadmServers.edited(service, options));
            case DELETE_SERVER -> editService(options, director, service -> IpvsadmServers.deleted(service, options));
            case ADD_BLKLST, DEL_BLKLST, ADD_WHTLST, DEL_WHTLST ->
                editService(options, director, service -> IpvsadmAccess.edited(service, options));
            case ADD_LADDR -> addLocalAddress(options, director);
            case DEL_LADDR -> deleteLocalAddress(options, director);
            case ZERO ->
                director.zero(
                        IpvsadmChoice.named(options, director).isPresent()
                                ? Optional.of(find(director, IpvsadmChoice.required(options, director))
                                        .key())
                                : Optional.empty());
            case SET -> setTimeouts(options, director);
            default ->
                throw new ToolFailure(
                        IpvsadmOptions.REFUSED,
                        "not support: " + options.command().longName());
        }
    }

    private static void refuseUnsupported(IpvsadmOptions options) throws ToolFailure {
        if (options.has(Option.FWMARK_SERVICE)) {
            throw new ToolFailure(
                    IpvsadmOptions.REFUSED,
                    "not support: --fwmark-service; the kernel's firewall sets marks, and packets of this director do not"
                            + " pass it. Name the service by -t, -u, --sctp-service, -q, -1, or by -H");
        }
        for (Option option : List.of(Option.QUIC, Option.PE, Option.DEST_CHECK)) {
            if (options.has(option)) {
                throw new ToolFailure(IpvsadmOptions.REFUSED, "not support: " + option.longName());
            }
        }
    }

    private static ServiceDefinition find(DirectorView.Running director, ServiceKey key) throws ToolFailure {
        return find(director.tables(), key)
                .orElseThrow(() -> new ToolFailure(IpvsadmOptions.REFUSED, "no service: " + key + " does not exist"));
    }

    private static Optional<ServiceDefinition> find(ForwardingTables tables, ServiceKey key) {
        return tables.services().stream()
                .filter(service -> service.key().equals(key))
                .findFirst();
    }

    private static void addService(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceKey key = IpvsadmChoice.required(options, director);
        if (find(director.tables(), key).isPresent()) {
            throw new ToolFailure(IpvsadmOptions.REFUSED, "already exist: " + key);
        }
        ServiceDefinition service = IpvsadmPolicy.edited(fresh(key), options);
        director.change(tables -> {
            List<ServiceDefinition> services = new ArrayList<>(tables.services());
            services.add(service);
            return tables.withServices(services);
        });
    }

    private static ServiceDefinition fresh(ServiceKey key) {
        return key.match()
                .map(match -> ServiceDefinition.matching(match, Optional.empty(), ServicePolicy.ROUND_ROBIN, List.of()))
                .orElseGet(() -> new ServiceDefinition(
                        key.address(),
                        key.port(),
                        key.protocol(),
                        key.protocol() == Protocol.TCP,
                        Optional.empty(),
                        List.of(),
                        List.of()));
    }

    private interface Edit {
        ServiceDefinition apply(ServiceDefinition service) throws ToolFailure;
    }

    private static void editService(IpvsadmOptions options, DirectorView.Running director, Edit edit)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition edited = edit.apply(find(director, IpvsadmChoice.required(options, director)));
        director.change(replacing(edited));
    }

    private static UnaryOperator<ForwardingTables> replacing(ServiceDefinition edited) {
        return tables -> tables.withServices(tables.services().stream()
                .map(service -> service.key().equals(edited.key()) ? edited : service)
                .toList());
    }

    private static void addLocalAddress(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition service = find(director, IpvsadmChoice.required(options, director));
        IpAddress local = IpAddress.parse(options.required(Option.LADDR));
        int port = DpipDevices.port(director, options.required(Option.IFNAME), IpvsadmOptions.REFUSED);
        if (service.localAddresses().contains(local)) {
            throw new ToolFailure(IpvsadmOptions.REFUSED, "already exist: local address " + local);
        }
        List<IpAddress> locals = new ArrayList<>(service.localAddresses());
        locals.add(local);
        UnaryOperator<ForwardingTables> change = replacing(service.withLocalAddresses(locals));
        director.change(tables -> {
            boolean known =
                    tables.addresses().stream().anyMatch(own -> own.address().equals(local));
            List<OwnAddress> addresses = new ArrayList<>(tables.addresses());
            if (!known) {
                addresses.add(new OwnAddress(local, port, OwnAddress.Role.LOCAL));
            }
            return change.apply(tables.withAddresses(addresses));
        });
    }

    /** The address goes with the last service that uses it. */
    private static void deleteLocalAddress(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        ServiceDefinition service = find(director, IpvsadmChoice.required(options, director));
        IpAddress local = IpAddress.parse(options.required(Option.LADDR));
        if (!service.localAddresses().contains(local)) {
            throw new ToolFailure(IpvsadmOptions.REFUSED, "not exist: local address " + local);
        }
        UnaryOperator<ForwardingTables> change = replacing(service.withLocalAddresses(service.localAddresses().stream()
                .filter(known -> !known.equals(local))
                .toList()));
        director.change(tables -> {
            ForwardingTables changed = change.apply(tables);
            boolean used = changed.services().stream()
                    .anyMatch(other -> other.localAddresses().contains(local));
            return changed.withAddresses(changed.addresses().stream()
                    .filter(own -> used || !own.address().equals(local) || own.role() != OwnAddress.Role.LOCAL)
                    .toList());
        });
    }

    private static void setTimeouts(IpvsadmOptions options, DirectorView.Running director)
            throws ToolFailure, ControlException, InterruptedException {
        String text = options.required(Option.SET);
        if (!text.matches("\\d{1,8} \\d{1,8} \\d{1,8}")) {
            throw new ToolFailure(IpvsadmOptions.WRONG_USAGE, "--set takes three numbers of seconds: TCP TCPFIN UDP");
        }
        String[] seconds = text.split(" ");
        director.change(tables -> tables.withTimeouts(tables.timeouts()
                .changed(SessionState.ESTABLISHED, Integer.parseInt(seconds[0]))
                .changed(SessionState.FIN_WAIT, Integer.parseInt(seconds[1]))
                .changed(SessionState.UDP_ONEWAY, Integer.parseInt(seconds[2]))
                .changed(SessionState.UDP_NORMAL, Integer.parseInt(seconds[2]))));
    }
}
