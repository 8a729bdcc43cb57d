package io.utter.audio.encoder;

import io.utter.audio.Pcm16;
import io.utter.audio.WavHeader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class AudioFileTest {
    @TempDir
    Path folder;

    @Test
    void aFinishedFileIsReadByTheJdkWithItsRightLength() throws Exception {
        Path file = folder.resolve("a.wav");
        try (AudioFile wav = new AudioFile(file, AudioFormat.WAV, 32000)) {
            wav.append(new float[] {0.25f, -0.25f});
            wav.append(new float[] {1});
            wav.finish();
        }
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
            javax.sound.sampled.AudioFormat format = audio.getFormat();
            assertEquals(32000, format.getSampleRate());
            assertEquals(1, format.getChannels());
            assertEquals(16, format.getSampleSizeInBits());
            assertEquals(3, audio.getFrameLength());
            assertArrayEquals(Pcm16.encode(new float[] {0.25f, -0.25f, 1}), audio.readAllBytes());
        }
    }

    @Test
    void aFileWithoutSoundHasAHeader() throws Exception {
        Path file = folder.resolve("a.wav");
        try (AudioFile wav = new AudioFile(file, AudioFormat.WAV, 32000)) {
            wav.finish();
        }
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
            assertEquals(0, audio.getFrameLength());
        }
    }

    @Test
    void anUnfinishedFileLeavesNothingAndTheOlderOneAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wav"), "older");
        try (AudioFile wav = new AudioFile(file, AudioFormat.WAV, 32000)) {
            wav.append(new float[100]);
        }
        assertEquals("older", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aStreamSaysThatItsLengthIsUnknown() {
        ByteBuffer header = ByteBuffer.wrap(WavHeader.streaming(48000)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(WavHeader.LENGTH, header.capacity());
        assertEquals(-1, header.getInt(4));
        assertEquals(-1, header.getInt(40));
        assertEquals(48000, header.getInt(24));
        assertEquals(96000, header.getInt(28));
    }

    @Test
    void aStreamBeginsWithItsHeaderOnce() {
        StreamEncoder encoder = AudioFormat.WAV.encoder(32000, 32000);
        assertEquals(44 + 4, encoder.encode(new float[2]).length);
        assertEquals(4, encoder.encode(new float[2]).length);
    }
}
