package io.utter.bench.load;

import io.utter.bench.ProcessUsage;
import java.net.URI;
import java.util.Optional;

/** The server that is measured; closing it leaves things as they were before. */
public interface ServerUnderTest extends AutoCloseable {
    URI address();

    /** What its process uses, if that is known. */
    Optional<ProcessUsage> usage();

    @Override
    void close();

    /** One that runs already, and goes on. */
    static ServerUnderTest at(URI address) {
        return new ServerUnderTest() {
            @Override
            public URI address() {
                return address;
            }

            @Override
            public Optional<ProcessUsage> usage() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // it is not ours
            }
        };
    }
}
