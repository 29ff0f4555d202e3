package io.twoarm.director.service;

import io.twoarm.director.address.IpAddress;
import java.time.Duration;

/**
 * A client's network that comes back to a realserver.
 *
 * @param service whose clients
 * @param network first address of the network
 * @param realserver the realserver
 * @param endsIn time left if no new flow comes
 */
public record TemplateStatus(
        ServiceDefinition service, IpAddress network, RealserverDefinition realserver, Duration endsIn) {}
