// SPDX-License-Identifier: Apache-2.0
/* Segments as a director sends them, through a tunnel device. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_tun.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <unistd.h>

enum flag { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

static int tunnel;

static void die(const char *what)
{
	printf("FAILED %s: %s\n", what, strerror(errno));
	reboot(RB_AUTOBOOT);
}

struct side {
	int family;
	uint8_t address[16];
};

static struct side side_of(const char *text)
{
	struct side side = { .family = strchr(text, ':') ? AF_INET6 : AF_INET };

	inet_pton(side.family, text, side.address);
	return side;
}

static uint32_t sum(const uint8_t *bytes, int length, uint32_t start)
{
	for (int i = 0; i < length; i++)
		start += i % 2 ? bytes[i] : bytes[i] << 8;
	return start;
}

static uint16_t folded(uint32_t value)
{
	while (value >> 16)
		value = (value & 0xffff) + (value >> 16);
	return htons(~value & 0xffff);
}

static void segment(const char *from, const char *to, uint16_t port, uint16_t service, uint32_t number, uint32_t answer,
	enum flag flags, const uint8_t *options, int option_bytes)
{
	struct side source = side_of(from), target = side_of(to);
	int bytes = source.family == AF_INET ? 4 : 16, before = source.family == AF_INET ? 20 : 40;
	uint8_t packet[160] = {}, *tcp = packet + before;
	int length = 20 + option_bytes;

	if (bytes == 4) {
		uint16_t total = htons(before + length);

		memcpy(packet, (uint8_t[]){ 0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, IPPROTO_TCP }, 10);
		memcpy(packet + 2, &total, 2);
		memcpy(packet + 12, source.address, 4);
		memcpy(packet + 16, target.address, 4);
		memcpy(packet + 10, &(uint16_t){ folded(sum(packet, 20, 0)) }, 2);
	} else {
		memcpy(packet, (uint8_t[]){ 0x60, 0, 0, 0, 0, length, IPPROTO_TCP, 64 }, 8);
		memcpy(packet + 8, source.address, 16);
		memcpy(packet + 24, target.address, 16);
	}
	memcpy(tcp, &(uint16_t){ htons(port) }, 2);
	memcpy(tcp + 2, &(uint16_t){ htons(service) }, 2);
	memcpy(tcp + 4, &(uint32_t){ htonl(number) }, 4);
	memcpy(tcp + 8, &(uint32_t){ htonl(answer) }, 4);
	tcp[12] = length / 4 << 4;
	tcp[13] = flags;
	memcpy(tcp + 14, &(uint16_t){ htons(60000) }, 2);
	memcpy(tcp + 20, options, option_bytes);
	uint32_t start = sum(source.address, bytes, 0) + sum(target.address, bytes, 0) + IPPROTO_TCP + length;
	memcpy(tcp + 16, &(uint16_t){ folded(sum(tcp, length, start)) }, 2);
	if (write(tunnel, packet, before + length) != before + length)
		die("writing to the tunnel");
}

/* The number that a server answered a SYN with. */
static uint32_t answered(uint16_t port)
{
	uint8_t packet[2048];

	for (;;) {
		struct pollfd ready = { .fd = tunnel, .events = POLLIN };

		if (poll(&ready, 1, 5000) != 1)
			die("waiting for the answer to a SYN");
		if (read(tunnel, packet, sizeof(packet)) < 40)
			continue;
		const uint8_t *tcp = packet + (packet[0] >> 4 == 4 ? 20 : 40);

		if (tcp[2] << 8 == (port & 0xff00) && tcp[3] == (port & 0xff) && tcp[13] == (SYN | ACK)) {
			uint32_t number;

			memcpy(&number, tcp + 4, 4);
			return ntohl(number);
		}
	}
}

/* An option of that kind; nothing for kind 0. Returns its length. */
static int option(uint8_t *bytes, int kind, const char *client, uint16_t port)
{
	struct side side;

	if (kind == 0)
		return 0;
	side = side_of(client);
	bytes[0] = kind;
	bytes[1] = side.family == AF_INET ? 8 : 20;
	bytes[2] = port >> 8;
	bytes[3] = port & 0xff;
	memcpy(bytes + 4, side.address, bytes[1] - 4);
	return bytes[1];
}

/* Connects from a port of the sender's; the option comes with the segment that completes the handshake. */
static void connect_from(const char *from, const char *to, uint16_t port, uint16_t service, int kind, const char *client)
{
	uint8_t bytes[40];
	int length = option(bytes, kind, client, 40001);

	segment(from, to, port, service, 1000, 0, SYN, NULL, 0);
	segment(from, to, port, service, 1001, answered(port) + 1, ACK, bytes, length);
}
