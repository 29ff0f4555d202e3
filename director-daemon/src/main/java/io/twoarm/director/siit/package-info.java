/** Which IPv4 address stands for which IPv6 address in stateless translation (SIIT): RFC 6052 prefixes and RFC 7757 mappings. */
package io.twoarm.director.siit;
