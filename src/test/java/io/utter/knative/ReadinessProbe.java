package io.utter.knative;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The application's readiness as queue-proxy sees it without {@code periodSeconds}: "aggressively", until it is there or 10 s are over. */
final class ReadinessProbe {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final int TRY_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REQUEST = "GET /q/health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: kube-probe//\r\n"
            + "Connection: close\r\n\r\n";

    private final int appPort;

    ReadinessProbe(int appPort) {
        this.appPort = appPort;
    }

    boolean await() throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            if (ready()) {
                return true;
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        return false;
    }

    private boolean ready() {
        try (Socket app = new Socket()) {
            app.connect(new InetSocketAddress("127.0.0.1", appPort), TRY_MILLIS);
            app.setSoTimeout(TRY_MILLIS);
            app.getOutputStream().write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
            int status = Head.read(new BufferedInputStream(app.getInputStream())).map(Head::status).orElse(0);
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        }
    }
}
