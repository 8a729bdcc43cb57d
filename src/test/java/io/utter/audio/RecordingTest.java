package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.utter.error.UtterException.InvalidInput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled voice's recording, as ffmpeg has encoded it. */
class RecordingTest {
    private static final Path FOLDER = Path.of("src/test/resources/recordings");
    private static final Path ORIGINAL = Path.of("models/default/voices/default/reference.wav");
    private static final double LONGEST = 10;
    private static final int RATE = 8_000;
    private static final int MUTATIONS = 130;
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_NANOS = 2_000_000_000L;

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slt.flac", "slt-24bit.flac", "slt.mp3", "slt.opus", "slt-stereo.opus", "slt.m4a"})
    void everyFormatSoundsLikeTheOriginal(String name) throws IOException {
        assumeTrue(!name.endsWith("m4a") || Ffmpeg.installed().isPresent(), "no ffmpeg");
        Waveform original = WavReader.read(Files.readAllBytes(ORIGINAL), LONGEST);
        Waveform decoded = Recording.read(file(name), LONGEST);
        assertEquals(original.seconds(), decoded.seconds(), 0.15);
        assertTrue(likeness(original, decoded) > 0.9, name + ": " + likeness(original, decoded));
    }

    /** Correlation where it is greatest within a tenth of a second: encoders add silence at the beginning. */
    private static double likeness(Waveform a, Waveform b) {
        float[] x = KaiserResampler.resample(a, RATE).samples();
        float[] y = KaiserResampler.resample(b, RATE).samples();
        double best = 0;
        for (int shift = -RATE / 10; shift <= RATE / 10; shift++) {
            double product = 0;
            double xs = 0;
            double ys = 0;
            for (int i = Math.max(0, -shift); i < x.length && i + shift < y.length; i++) {
                product += (double) x[i] * y[i + shift];
                xs += (double) x[i] * x[i];
                ys += (double) y[i + shift] * y[i + shift];
            }
            best = Math.max(best, product / Math.sqrt(xs * ys));
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(strings = {"slt.flac", "slt.mp3", "slt.opus"})
    void whatIsTooLongIsRefusedWhileItIsDecoded(String name) {
        assertEquals("audio_too_long", assertThrows(InvalidInput.class, () -> Recording.read(file(name), 2)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"slt.flac", "slt.mp3", "slt.opus", "slt-24bit.flac"})
    void damagedFilesAreRefusedWithAReasonInTimeAndMemory(String name) throws IOException {
        byte[] whole = file(name);
        Waveform expected = Recording.read(whole, LONGEST);
        Random random = new Random(5);
        int refused = 0;
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(whole, random, i);
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long begun = System.nanoTime();
            try {
                Waveform sound = Recording.read(mutated, LONGEST);
                assertTrue(sound.seconds() <= LONGEST);
                assertTrue(name.endsWith("mp3") || Arrays.equals(sound.samples(), expected.samples()), "mutation " + i + " is heard");
            } catch (InvalidInput e) {
                assertEquals(1, e.getMessage().lines().count());
                refused++;
            }
            assertTrue(System.nanoTime() - begun < MOST_NANOS, "mutation " + i + " took too long");
            assertTrue(threads.getCurrentThreadAllocatedBytes() - allocated < MOST_BYTES, "mutation " + i + " took "
                    + (threads.getCurrentThreadAllocatedBytes() - allocated) + " bytes");
        }
        // a fourth of them is damaged near the beginning only, where MP3 and FLAC have tags; MP3's holds the checksum of all else
        int fewest = name.endsWith("opus") ? MUTATIONS : MUTATIONS * 3 / 4;
        assertTrue(refused >= fewest, "only " + refused + " were refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slt.flac", "slt.opus", "slt.mp3"})
    void aFileThatIsCutShortIsRefused(String name) throws IOException {
        byte[] whole = file(name);
        for (int length : new int[] {whole.length / 2, whole.length - 100}) {
            assertThrows(InvalidInput.class, () -> Recording.read(Arrays.copyOf(whole, length), LONGEST));
        }
    }

    /** jFLAC looks for frames behind the last of which the file tells, and would do so for ever. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFlacFileThatTellsOfFewerSamplesIsRefused() throws IOException {
        byte[] file = file("slt.flac");
        file[8 + 13] &= (byte) 0xF0; // the 36 bits of its length
        Arrays.fill(file, 8 + 14, 8 + 18, (byte) 0);
        file[8 + 17] = 100;
        assertEquals("damaged_audio", assertThrows(InvalidInput.class, () -> Recording.read(file, LONGEST)).code());
    }

    /** Bits turned over, bytes overwritten near the beginning, files cut short, and stretches repeated. */
    private static byte[] mutated(byte[] whole, Random random, int kind) {
        byte[] bytes = whole.clone();
        switch (kind % 4) {
            case 0 -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> {
                for (int i = 0; i < 8; i++) {
                    bytes[4 + random.nextInt(80)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> {
                int from = random.nextInt(bytes.length / 2);
                System.arraycopy(bytes, from, bytes, bytes.length / 2, bytes.length / 4);
            }
        }
        return bytes;
    }

    @Test
    void whatIsNoSoundIsRefused() {
        for (byte[] nothing : new byte[][] {{}, {1}, "<html>nothing</html>".getBytes(StandardCharsets.UTF_8), new byte[1000], "fLaC".getBytes(StandardCharsets.UTF_8),
            "ID3".getBytes(StandardCharsets.UTF_8), "OggS".getBytes(StandardCharsets.UTF_8)}) {
            assertThrows(InvalidInput.class, () -> Recording.read(nothing, LONGEST));
        }
    }

    /** A playlist that would have ffmpeg open a file. */
    @Test
    void ffmpegOpensNothingElse() throws IOException {
        assumeTrue(Ffmpeg.installed().isPresent(), "no ffmpeg");
        String playlist = "#EXTM3U\n#EXTINF:10,\nfile://" + ORIGINAL.toAbsolutePath() + "\n#EXT-X-ENDLIST\n";
        String concat = "ffconcat version 1.0\nfile " + ORIGINAL.toAbsolutePath() + "\n";
        for (String text : new String[] {playlist, concat}) {
            assertThrows(InvalidInput.class, () -> Recording.read(text.getBytes(StandardCharsets.UTF_8), LONGEST));
        }
    }

    @Test
    void silenceClippingAndLengthAreTold() {
        float[] sine = new float[32_000 * 4];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(i * 0.05);
        }
        float[] loud = sine.clone();
        for (int i = 0; i < loud.length; i++) {
            loud[i] = Math.clamp(3 * loud[i], -1f, 1f);
        }
        assertEquals("audio_silent", code(new float[32_000 * 4]));
        assertEquals("audio_clipped", code(loud));
        assertEquals("audio_too_short", code(Arrays.copyOf(sine, 32_000 * 2)));
    }

    private static String code(float[] samples) {
        return assertThrows(InvalidInput.class, () -> ReferenceAudio.read(WavHeader.file(samples, 32_000), ReferenceAudio.Use.PROMPT)).code();
    }
}
