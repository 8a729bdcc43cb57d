package io.utter.knative;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients, a queue-proxy and an application whose every byte is written by the test. The real queue-proxy passes these tests as well. */
abstract class QueueProxyContract {
    static final Duration A_MOMENT = Duration.ofMillis(80);
    static final String PROBE = "GET / HTTP/1.1\r\nHost: test\r\nUser-Agent: kube-probe/1.34\r\nK-Network-Probe: queue\r\n\r\n";

    private final List<RawHttp> clients = new ArrayList<>();
    ScriptedOrigin origin;
    QueueProxy proxy;

    @BeforeEach
    void startOrigin() throws IOException {
        origin = new ScriptedOrigin();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (RawHttp client : clients) {
            client.close();
        }
        proxy.close();
        origin.close();
    }

    void start(Revision revision) throws IOException {
        proxy = QueueProxy.before(origin.port(), revision);
    }

    RawHttp ask(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    RawHttp send(String text) throws IOException {
        RawHttp client = RawHttp.connect(proxy.port(), 1 << 16);
        clients.add(client);
        client.send(text);
        return client;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
