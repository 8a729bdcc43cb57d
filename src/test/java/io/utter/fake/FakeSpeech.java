package io.utter.fake;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Set;

/** Profile of the tests that want a server without models; without it a test's server loads the real ones. */
public class FakeSpeech implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeLoader.class);
    }
}
