package io.utter.config;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration without a running Quarkus, for the command line and for models that load while Quarkus boots. Same sources and
 * order as Quarkus has: system properties, environment, {@code config/application.properties}, the jar's.
 */
public final class StandaloneConfig {
    private static final int OVERRIDES_FILE_ORDINAL = 260;
    private static final int JAR_ORDINAL = 250;
    private static final int CONVERTER_PRIORITY = 200;

    private StandaloneConfig() {}

    /** @throws io.smallrye.config.ConfigValidationException if a value cannot be read; its message names the key */
    public static UtterConfig read() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withValidateUnknown(false)
                .withMapping(UtterConfig.class);
        try {
            URL inJar = StandaloneConfig.class.getClassLoader().getResource("application.properties");
            if (inJar != null) {
                builder.withSources(new PropertiesConfigSource(inJar, JAR_ORDINAL));
            }
            Path overrides = Path.of("config", "application.properties");
            if (Files.isRegularFile(overrides)) {
                builder.withSources(new PropertiesConfigSource(overrides.toUri().toURL(), OVERRIDES_FILE_ORDINAL));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SmallRyeConfig config = builder.build();
        return config.getConfigMapping(UtterConfig.class);
    }
}
