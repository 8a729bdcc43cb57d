package io.utter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.SpeechService;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EarlyLoaderTest {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SpeechService service = closing(new FakeSpeechService());

    @Test
    void whoAsksGetsTheServiceAndClosesIt() throws Exception {
        try (EarlyLoader loader = EarlyLoader.begin(config -> service)) {
            assertSame(service, loader.load(null));
        }
        assertFalse(closed.get());
    }

    @Test
    void aServiceThatNobodyAskedForIsClosed() {
        EarlyLoader.begin(config -> service).close();
        assertTrue(closed.get());
    }

    @Test
    void aFailureReachesWhoeverAsks() {
        try (EarlyLoader loader = EarlyLoader.begin(config -> {
            throw new UtterException.Failed("no_bundle", "nothing there", null);
        })) {
            assertEquals("nothing there", assertThrows(UtterException.Failed.class, () -> loader.load(null)).getMessage());
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingLeavesNothingOpen() throws Exception {
        EarlyLoader loader = EarlyLoader.begin(config -> {
            Thread.sleep(50); // still loading when it is asked for
            return service;
        });
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> loader.load(null));
        loader.close();
        assertTrue(closed.get());
    }

    private SpeechService closing(SpeechService inner) {
        return (SpeechService) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SpeechService.class}, (proxy, method, args) -> {
            if (method.getName().equals("close")) {
                closed.set(true);
                return null;
            }
            return switch (method.getName()) {
                case "equals" -> proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "closing service";
                default -> method.invoke(inner, args);
            };
        });
    }
}
