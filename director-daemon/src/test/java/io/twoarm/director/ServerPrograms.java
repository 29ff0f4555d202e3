package io.twoarm.director;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What a realserver runs besides its nginx: nginx with TLS and HTTP/2, vsftpd, iperf3 and dnsmasq, each on all its addresses. */
final class ServerPrograms implements AutoCloseable {
    static final String NAME = "www.example.test";

    private final NetworkNamespace host;
    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    /** Root of the FTP server. */
    final Path ftpRoot;

    /** Its folder {@code incoming}, where anybody may store files. */
    final Path ftpIncoming;

    /** What signed the TLS server's name: itself. */
    final Path certificate;

    /** @param folder that nginx serves, with room for the programs' own files */
    ServerPrograms(NetworkNamespace host, Path folder) throws IOException, InterruptedException {
        this.host = host;
        this.folder = folder;
        ftpRoot = Files.createDirectory(folder.resolve("ftp"));
        ftpIncoming = Files.createDirectory(ftpRoot.resolve("incoming"));
        certificate = folder.resolve("certificate.pem");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(ftpIncoming, PosixFilePermissions.fromString("rwxrwxrwx"));
        try {
            startAll();
        } catch (IOException | InterruptedException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        startTls();
        startFtp();
        start("iperf3", "iperf3", "--server");
        start(
                "dnsmasq",
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--address=/" + NAME + "/192.0.2.80",
                "--txt-record=long.example.test," + "0123456789".repeat(24));
    }

    private void startTls() throws IOException, InterruptedException {
        Path key = folder.resolve("key.pem");
        host.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-days",
                "2",
                "-subj",
                "/CN=" + NAME,
                "-addext",
                "subjectAltName=DNS:" + NAME);
        Path home = Files.createDirectory(folder.resolve("tls"));
        Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                user root;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 443 ssl http2;
                        listen [::]:443 ssl http2;
                        ssl_certificate %2$s;
                        ssl_certificate_key %3$s;
                        root %4$s;
                    }
                }
                """.formatted(home, certificate, key, folder));
        start("nginx-tls", "nginx", "-c", home.resolve("nginx.conf").toString());
    }

    private void startFtp() throws IOException {
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
        Path configuration = Files.writeString(folder.resolve("vsftpd.conf"), """
                listen=NO
                listen_ipv6=YES
                background=NO
                anonymous_enable=YES
                local_enable=NO
                write_enable=YES
                anon_upload_enable=YES
                anon_root=%s
                secure_chroot_dir=%s
                connect_from_port_20=YES
                seccomp_sandbox=NO
                isolate_network=NO
                isolate=NO
                """.formatted(ftpRoot, nowhere));
        start("vsftpd", "vsftpd", configuration.toString());
    }

    private void start(String name, String... words) throws IOException {
        running.add(host.command(words)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start());
    }

    private Path log(String name) {
        return folder.resolve(name + ".output");
    }

    /** Whether all listen. */
    boolean ready() throws IOException, InterruptedException {
        String listening = host.run("ss", "-Hltn") + host.run("ss", "-Hlun");
        return List.of(":443 ", ":21 ", ":5201 ", ":53 ").stream().allMatch(listening::contains);
    }

    /** What the programs have said. */
    String said() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("nginx-tls", "vsftpd", "iperf3", "dnsmasq")) {
            text.append(name).append(": ").append(Files.readString(log(name))).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
