// SPDX-License-Identifier: Apache-2.0
/*
 * The first and only process of a machine that tries twoarm_toa.ko on a real kernel. It is server and network at once:
 * its own segments come out of a tunnel device, as if a director had sent them. Prints "ok NAME" or "FAILED NAME: ..." per
 * case, at last "done", and switches the machine off.
 *
 * In the root: /twoarm_toa.ko, /tun.ko where the kernel needs it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "segments.h"

#define SO_NAT64_CLIENT 4096
#define SENDER "10.9.7.1"
#define SENDER6 "fd00:9:7::1"
#define TRUSTED "trusted=" SENDER "," SENDER6 "/128"
#define ROUNDS 20
#define CONNECTIONS_PER_ROUND 500

static int four, six;

/* ---- what servers see ---- */

static const char *text_of(const struct sockaddr_storage *name, char *text)
{
	char address[64];

	if (name->ss_family == AF_INET) {
		const struct sockaddr_in *ipv4 = (const void *)name;

		inet_ntop(AF_INET, &ipv4->sin_addr, address, sizeof(address));
		sprintf(text, "%s %d", address, ntohs(ipv4->sin_port));
	} else {
		const struct sockaddr_in6 *ipv6 = (const void *)name;

		inet_ntop(AF_INET6, &ipv6->sin6_addr, address, sizeof(address));
		sprintf(text, "%s %d", address, ntohs(ipv6->sin6_port));
	}
	return text;
}

static const char *peer(int socket, char *text)
{
	struct sockaddr_storage name;
	socklen_t length = sizeof(name);

	if (getpeername(socket, (struct sockaddr *)&name, &length))
		return strerror(errno);
	return text_of(&name, text);
}

/* "ACCEPT | GETPEERNAME | GETSOCKOPT" of the next connection; the socket stays open. */
static int seen(int listener, char *text)
{
	struct sockaddr_storage name;
	struct {
		struct in6_addr address;
		uint16_t port;
	} answer;
	socklen_t length = sizeof(name), room = sizeof(answer);
	char by_accept[80], by_peer[80], asked[80] = "none", address[64];
	int socket = accept(listener, (struct sockaddr *)&name, &length);

	if (socket < 0)
		die("accept");
	text_of(&name, by_accept);
	if (!getsockopt(socket, IPPROTO_IP, SO_NAT64_CLIENT, &answer, &room)) {
		inet_ntop(AF_INET6, &answer.address, address, sizeof(address));
		sprintf(asked, "%s %d", address, ntohs(answer.port));
	}
	sprintf(text, "%s | %s | %s", by_accept, peer(socket, by_peer), asked);
	return socket;
}

static void check(const char *name, const char *found, const char *wanted)
{
	if (strcmp(found, wanted) == 0)
		printf("ok %s\n", name);
	else
		printf("FAILED %s: found \"%s\", wanted \"%s\"\n", name, found, wanted);
}

static void close_hard(int socket)
{
	struct linger now = { .l_onoff = 1 };

	setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(socket);
}

static void expect(const char *name, const char *from, const char *to, uint16_t port, int listener, int kind,
	const char *client, const char *wanted)
{
	char text[256];

	connect_from(from, to, port, listener == four ? 8004 : 8006, kind, client);
	close_hard(seen(listener, text));
	check(name, text, wanted);
}

/* ---- the module ---- */

static int insert(const char *path, const char *parameters)
{
	int file = open(path, O_RDONLY);
	int result = syscall(SYS_finit_module, file, parameters, 0) ? errno : 0;

	close(file);
	return result;
}

static void load(void)
{
	errno = insert("/twoarm_toa.ko", TRUSTED);
	if (errno)
		die("loading the module");
}

/* The kernel refuses while a program is in the socket option. */
static void unload(void)
{
	while (syscall(SYS_delete_module, "twoarm_toa", O_NONBLOCK)) {
		if (errno != EAGAIN)
			die("unloading the module");
	}
}

static int trust(const char *value)
{
	int file = open("/sys/module/twoarm_toa/parameters/trusted", O_WRONLY);
	int result = write(file, value, strlen(value)) < 0 ? errno : 0;

	close(file);
	return result;
}

/* The value of a line of /proc/twoarm_toa, or all lines of that name. */
static const char *told(const char *name, char *text)
{
	FILE *file = fopen("/proc/twoarm_toa", "r");
	char line[128], word[64], value[64];

	text[0] = '\0';
	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %63s", word, value) == 2 && strcmp(word, name) == 0)
			strcat(strcat(text, text[0] ? " " : ""), value);
	}
	if (file)
		fclose(file);
	return text;
}

/* ---- the cases ---- */

static void every_kind_and_length(void)
{
	expect("kind 254, IPv4", SENDER, "10.9.7.2", 5001, four, 254, "172.16.0.1",
		"172.16.0.1 40001 | 172.16.0.1 40001 | none");
	expect("kind 253, IPv4", SENDER, "10.9.7.2", 5002, four, 253, "172.16.0.1",
		"172.16.0.1 40001 | 172.16.0.1 40001 | none");
	expect("IPv4 on a dual-stack socket", SENDER, "10.9.7.2", 5003, six, 254, "172.16.0.1",
		"::ffff:172.16.0.1 40001 | ::ffff:172.16.0.1 40001 | none");
	expect("IPv6 over IPv4", SENDER, "10.9.7.2", 5004, four, 254, "2001:db8::77",
		SENDER " 5004 | " SENDER " 5004 | 2001:db8::77 40001");
	expect("IPv6 over IPv4 on a dual-stack socket", SENDER, "10.9.7.2", 5005, six, 253, "2001:db8::77",
		"2001:db8::77 40001 | 2001:db8::77 40001 | 2001:db8::77 40001");
	expect("kind 254, IPv6", SENDER6, "fd00:9:7::2", 5006, six, 254, "2001:db8::77",
		"2001:db8::77 40001 | 2001:db8::77 40001 | 2001:db8::77 40001");
	expect("kind 253, IPv6", SENDER6, "fd00:9:7::2", 5007, six, 253, "2001:db8::77",
		"2001:db8::77 40001 | 2001:db8::77 40001 | 2001:db8::77 40001");
	expect("other kinds", SENDER, "10.9.7.2", 5008, four, 252, "172.16.0.1",
		SENDER " 5008 | " SENDER " 5008 | none");
	expect("without an option, at the port of one that had it", SENDER, "10.9.7.2", 5001, four, 0, "",
		SENDER " 5001 | " SENDER " 5001 | none");
}

static void whom_it_believes(void)
{
	char text[256];

	check("trusted at first", told("trust", text), SENDER "/32 " SENDER6 "/128");
	check("the list is replaced", trust("10.9.7.128/25,fd00:9:7::2:0/112\n") ? "refused" : told("trust", text),
		"10.9.7.128/25 fd00:9:7::2:0/112");
	expect("not trusted, IPv4", SENDER, "10.9.7.2", 5011, four, 254, "172.16.0.1",
		SENDER " 5011 | " SENDER " 5011 | none");
	expect("not trusted, IPv6", SENDER6, "fd00:9:7::2", 5012, six, 254, "2001:db8::77",
		SENDER6 " 5012 | " SENDER6 " 5012 | none");
	check("which is counted", told("untrusted", text), "2");
	check("one more", trust("+10.9.7.0/30") ? "refused" : told("trust", text),
		"10.9.7.128/25 fd00:9:7::2:0/112 10.9.7.0/30");
	expect("a prefix", SENDER, "10.9.7.2", 5013, four, 254, "172.16.0.1", "172.16.0.1 40001 | 172.16.0.1 40001 | none");
	check("one less", trust("-10.9.7.0/30,192.0.2.1") ? "refused" : told("trust", text),
		"10.9.7.128/25 fd00:9:7::2:0/112");
	const char *wrong[] = { "10.9.7", "10.9.7.1/33", "fd00::/129", "10.9.7.1/", "10.9.7.256", "x", "+::1,::g" };

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		check(wrong[i], strerror(trust(wrong[i])), strerror(EINVAL));
	check("a wrong list changes nothing", told("trust", text), "10.9.7.128/25 fd00:9:7::2:0/112");
	trust(SENDER "," SENDER6);
}

static void unloading(void)
{
	char text[256], name[80];
	int socket;

	connect_from(SENDER, "10.9.7.2", 5021, 8004, 254, "172.16.0.1");
	socket = seen(four, text);
	check("before unloading", peer(socket, name), "172.16.0.1 40001");
	unload();
	check("after unloading", peer(socket, name), SENDER " 5021");
	load();
	check("after loading again", peer(socket, name), SENDER " 5021");
	close_hard(socket);
	check("a wrong parameter", strerror((unload(), insert("/twoarm_toa.ko", "trusted=10.9.7"))), strerror(EINVAL));
	load();
	expect("a connection after that", SENDER, "10.9.7.2", 5022, four, 254, "172.16.0.1",
		"172.16.0.1 40001 | 172.16.0.1 40001 | none");
}

/* Connections come, are asked and go on one processor while the module comes and goes on another. */
static void under_load(void)
{
	char text[256], own[64];
	int other = 0, named = 0, status;
	pid_t loader = fork();

	if (loader == 0) {
		for (;;) {
			unload();
			load();
			usleep(20000);
		}
	}
	for (int i = 0; i < ROUNDS * CONNECTIONS_PER_ROUND; i++) {
		uint16_t port = 10000 + i % 50000;

		connect_from(SENDER, "10.9.7.2", port, 8004, 254, "172.16.0.1");
		close_hard(seen(four, text));
		sprintf(own, SENDER " %d", port);
		if (strncmp(text, "172.16.0.1 40001 | ", 19) == 0)
			named++;
		else if (strncmp(text, own, strlen(own)) != 0)
			other++;
	}
	kill(loader, SIGKILL);
	waitpid(loader, &status, 0);
	if (access("/proc/twoarm_toa", F_OK) != 0)
		load();
	sprintf(text, "%d others, %s", other, named > 0 ? "some named" : "none named");
	check("while it is loaded and unloaded", text, "0 others, some named");
	printf("named %d of %d\n", named, ROUNDS * CONNECTIONS_PER_ROUND);
	expect("a connection after that too", SENDER, "10.9.7.2", 5031, four, 254, "172.16.0.1",
		"172.16.0.1 40001 | 172.16.0.1 40001 | none");
}

static void kernel_is_well(void)
{
	static char text[8192];
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK), length;
	int wrong = 0;

	while ((length = read(log, text, sizeof(text) - 1)) > 0 || errno == EPIPE) {
		if (length <= 0)
			continue;
		text[length] = '\0';
		if (strstr(text, "BUG") || strstr(text, "WARNING") || strstr(text, "Oops") || strstr(text, "Call Trace")) {
			printf("kernel: %s", text);
			wrong++;
		}
	}
	check("the kernel complains of nothing", wrong ? "it does" : "", "");
}

/* ---- the machine ---- */

static void address_of_the_tunnel(void)
{
	struct ifreq four_request = { .ifr_name = "tun0" };
	struct sockaddr_in *name = (struct sockaddr_in *)&four_request.ifr_addr;
	struct {
		struct in6_addr address;
		uint32_t length;
		int index;
	} six_request = { .length = 64 };
	int control = socket(AF_INET, SOCK_DGRAM, 0), control6 = socket(AF_INET6, SOCK_DGRAM, 0);

	name->sin_family = AF_INET;
	inet_pton(AF_INET, "10.9.7.2", &name->sin_addr);
	if (ioctl(control, SIOCSIFADDR, &four_request))
		die("the tunnel's address");
	inet_pton(AF_INET, "255.255.255.0", &name->sin_addr);
	ioctl(control, SIOCSIFNETMASK, &four_request);
	four_request.ifr_flags = IFF_UP | IFF_RUNNING;
	ioctl(control, SIOCSIFFLAGS, &four_request);
	ioctl(control, SIOCGIFINDEX, &four_request);
	six_request.index = four_request.ifr_ifindex;
	inet_pton(AF_INET6, "fd00:9:7::2", &six_request.address);
	if (ioctl(control6, SIOCSIFADDR, &six_request))
		die("the tunnel's IPv6 address");
}

static int listening(int family, uint16_t port)
{
	struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
	struct sockaddr_in ipv4 = { .sin_family = AF_INET, .sin_port = htons(port) };
	int listener = socket(family, SOCK_STREAM, 0);

	if (bind(listener, family == AF_INET ? (void *)&ipv4 : (void *)&ipv6, family == AF_INET ? sizeof(ipv4) : sizeof(ipv6)) ||
	    listen(listener, 128))
		die("listening");
	return listener;
}

int main(void)
{
	struct ifreq request = { .ifr_name = "tun0", .ifr_flags = IFF_TUN | IFF_NO_PI };

	setvbuf(stdout, NULL, _IONBF, 0);
	/* What the firmware printed ends without a line feed. */
	printf("\n");
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	insert("/tun.ko", "");
	mkdir("/dev/net", 0755);
	mknod("/dev/net/tun", S_IFCHR | 0600, makedev(10, 200));
	tunnel = open("/dev/net/tun", O_RDWR);
	if (tunnel < 0 || ioctl(tunnel, TUNSETIFF, &request))
		die("the tunnel");
	address_of_the_tunnel();
	four = listening(AF_INET, 8004);
	six = listening(AF_INET6, 8006);
	load();
	every_kind_and_length();
	whom_it_believes();
	unloading();
	under_load();
	kernel_is_well();
	unload();
	printf("done\n");
	reboot(RB_AUTOBOOT);
}
