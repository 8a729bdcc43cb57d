package io.utter.speech;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where voices that are added are kept.
 *
 * @param folder a folder with one for each bundle; empty: in memory
 * @param most how many may be added to a bundle
 * @param threads that encoding a recording may use
 */
public record VoiceSettings(Optional<Path> folder, int most, int threads) {}
