package io.utter.audio.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static java.util.stream.Collectors.joining;

import io.utter.audio.Ffmpeg;
import io.utter.audio.Recording;
import io.utter.audio.SincResampler;
import io.utter.audio.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/** What the encoders write, read back with our own decoders and, where it is installed, with {@code ffmpeg}, which must not complain. */
class AudioFormatTest {
    /** What it says of every stream whose length is not known beforehand. */
    private static final Pattern UNKNOWN_LENGTH = Pattern.compile("Estimating duration from bitrate|Ignoring maximum wav data size|Packet corrupt .*dts = NOPTS|corrupt input packet in stream|Guessed Channel Layout");

    private static final int RATE = 32_000;

    @ParameterizedTest
    @CsvSource({"WAV, 0.99999", "FLAC, 0.99999", "OPUS, 0.93"})
    void comesBackWholeAndInPlace(AudioFormat format, double likeness) {
        for (int rate : new int[] {RATE, 24_000, 16_000}) {
            float[] sound = sound(rate, 40_123);
            Waveform decoded = Recording.read(encoded(format, sound, rate, format.rateFor(rate)), 10);
            Waveform expected = SincResampler.resample(new Waveform(sound, rate), decoded.sampleRate());
            assertEquals(expected.samples().length, decoded.samples().length, format + " at " + rate);
            assertTrue(likeness(expected.samples(), decoded.samples()) >= likeness, () -> format + " at " + rate + ": another sound");
        }
    }

    @ParameterizedTest
    @EnumSource
    void ffmpegReadsItWithoutAWarning(AudioFormat format) throws Exception {
        assumeTrue(Ffmpeg.installed().isPresent(), "no ffmpeg");
        for (int rate : new int[] {RATE, 48_000, 24_000, 16_000}) {
            int to = format.rateFor(rate);
            float[] sound = sound(rate, 50_001);
            float[] decoded = ffmpeg(encoded(format, sound, rate, to), format, to);
            float[] expected = SincResampler.resample(new Waveform(sound, rate), to).samples();
            int frame = switch (format) {
                case WAV, PCM, FLAC, OPUS -> 0;
                case MP3 -> to >= 32_000 ? 1152 : 576;
                case AAC -> 1024;
            };
            int delay = frame; // neither a stream of MP3 nor ADTS can tell ffmpeg to leave out the frame before the first
            int tooLong = decoded.length - delay - expected.length;
            assertTrue(tooLong >= 0 && tooLong <= frame, () -> format + " at " + rate + ": too long by " + tooLong);
            float[] shifted = Arrays.copyOfRange(decoded, delay, delay + expected.length);
            double found = likeness(expected, shifted);
            assertTrue(found > 0.93, () -> format + " at " + rate + ": another sound, " + found);
            assertTrue(likeness(Arrays.copyOf(expected, 800), Arrays.copyOf(shifted, 800)) > 0.8, () -> format + " at " + rate + ": start is damaged");
            assertTrue(likeness(end(expected), end(shifted)) > 0.8, () -> format + " at " + rate + ": end is damaged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void chunksOfAnyLengthGiveTheSameSound(AudioFormat format) throws Exception {
        assumeTrue(format.whyNot().isEmpty(), "no ffmpeg");
        float[] sound = sound(RATE, 30_000);
        byte[] whole = bytes(format, RATE, format.rateFor(RATE), sound);
        Random random = new Random(5);
        float[][] chunks = new float[60][];
        int at = 0;
        for (int i = 0; i < chunks.length; i++) {
            int end = i == chunks.length - 1 ? sound.length : Math.min(sound.length, at + random.nextInt(1_200));
            chunks[i] = Arrays.copyOfRange(sound, at, end);
            at = end;
        }
        byte[] pieces = bytes(format, RATE, format.rateFor(RATE), chunks);
        if (format == AudioFormat.OPUS) { // pages end with chunks
            assertArrayEquals(Recording.read(whole, 10).samples(), Recording.read(pieces, 10).samples());
        } else {
            assertArrayEquals(whole, pieces);
        }
    }

    @ParameterizedTest
    @EnumSource
    void firstChunkGivesSoundAtOnce(AudioFormat format) {
        assumeTrue(format.whyNot().isEmpty(), "no ffmpeg");
        int rate = format.rateFor(RATE);
        try (StreamEncoder encoder = format.encoder(RATE, rate)) {
            int bytes = encoder.encode(sound(RATE, RATE / 2)).length;
            int last = encoder.finish().length;
            assertTrue(last < bytes / 2, () -> format + " holds back " + last + " bytes of " + (bytes + last));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAFileToo(AudioFormat format) {
        assumeTrue(format.whyNot().isEmpty(), "no ffmpeg");
        bytes(format, RATE, format.rateFor(RATE));
        bytes(format, RATE, format.rateFor(RATE), new float[0], new float[1]);
    }

    @Test
    void ratesAreThoseOfTheFormat() {
        assertEquals(48_000, AudioFormat.OPUS.rateFor(32_000));
        assertEquals(32_000, AudioFormat.MP3.rateFor(32_000));
        assertEquals(32_000, AudioFormat.PCM.rateFor(32_000));
        assertFalse(AudioFormat.OPUS.holds(44_100));
        assertTrue(AudioFormat.WAV.holds(44_100));
        assertFalse(AudioFormat.WAV.holds(7_999));
        assertFalse(AudioFormat.WAV.holds(48_001));
    }

    private static byte[] encoded(AudioFormat format, float[] sound, int from, int to) {
        return bytes(format, from, to, Arrays.copyOf(sound, 9_000), Arrays.copyOfRange(sound, 9_000, 9_001),
                Arrays.copyOfRange(sound, 9_001, sound.length));
    }

    private static byte[] bytes(AudioFormat format, int from, int to, float[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (StreamEncoder encoder = format.encoder(from, to)) {
            for (float[] chunk : chunks) {
                out.writeBytes(encoder.encode(chunk));
            }
            out.writeBytes(encoder.finish());
        }
        return out.toByteArray();
    }

    /** Something like a voice: a gliding tone with overtones, that begins and ends abruptly. */
    private static float[] sound(int rate, int length) {
        float[] sound = new float[length];
        double phase = 1;
        for (int i = 0; i < length; i++) {
            phase += 2 * Math.PI * (180 + 60 * Math.sin(i * 9.0 / rate)) / rate;
            sound[i] = (float) (0.3 * Math.sin(phase) + 0.15 * Math.sin(3 * phase) + 0.08 * Math.sin(7 * phase));
        }
        return sound;
    }

    private static float[] end(float[] sound) {
        return Arrays.copyOfRange(sound, sound.length - 800, sound.length);
    }

    /** Their correlation without any shift; 1 is the same. */
    private static double likeness(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static float[] ffmpeg(byte[] file, AudioFormat format, int rate) throws IOException, InterruptedException {
        Path in = Files.createTempFile("encoded", "." + format.id());
        Path complaints = Files.createTempFile("complaints", ".txt");
        try {
            Files.write(in, file);
            java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("ffmpeg", "-v", "warning", "-nostdin"));
            if (format == AudioFormat.PCM) {
                command.addAll(java.util.List.of("-f", "s16le", "-ar", Integer.toString(rate), "-ac", "1"));
            }
            command.addAll(java.util.List.of("-i", in.toString(), "-ar", Integer.toString(rate), "-f", "s16le", "pipe:1"));
            Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
            byte[] pcm = process.getInputStream().readAllBytes();
            assertEquals(0, process.waitFor());
            assertEquals("", Files.readAllLines(complaints).stream().filter(line -> !UNKNOWN_LENGTH.matcher(line).find()).collect(joining("\n")));
            float[] samples = new float[pcm.length / 2];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (short) (pcm[2 * i] & 0xff | pcm[2 * i + 1] << 8) / 32768f;
            }
            return samples;
        } finally {
            Files.delete(in);
            Files.delete(complaints);
        }
    }
}
