package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.error.UtterException;
import org.junit.jupiter.api.Test;

/** What is kept until it is whole is bounded. */
class TtsBufferTest {
    private final TtsBuffer.Room room = new TtsBuffer.Room(10);

    private TtsBuffer with(int bytes) {
        TtsBuffer buffer = new TtsBuffer(room);
        buffer.add(new byte[bytes]);
        return buffer;
    }

    @Test
    void piecesComeInTheirOrder() {
        TtsBuffer buffer = with(0);
        buffer.add(new byte[] {1, 2});
        buffer.add(new byte[] {3});
        assertEquals(3, buffer.length());
        assertArrayEquals(new byte[][] {{1, 2}, {3}}, buffer.pieces().toArray());
    }

    @Test
    void oneThatIsTooLongForItselfWillAlwaysBe() {
        TtsBuffer buffer = with(10);
        assertThrows(UtterException.InvalidInput.class, () -> buffer.add(new byte[1]));
        assertThrows(UtterException.InvalidInput.class, () -> with(11));
    }

    @Test
    void oneThatHasNoRoomBesideOthersMayHaveItLater() {
        TtsBuffer other = with(6);
        TtsBuffer buffer = with(4);
        assertThrows(UtterException.Unavailable.class, () -> buffer.add(new byte[1]));
        other.pieces();
        assertThrows(UtterException.Unavailable.class, () -> buffer.add(new byte[1]), "the other one is not sent yet");
        other.close();
        other.close();
        buffer.add(new byte[6]);
        assertEquals(10, buffer.length());
        assertThrows(UtterException.Unavailable.class, () -> with(1), "closing twice gives back once");
    }

    @Test
    void whatComesAfterTheEndTakesNoRoom() {
        TtsBuffer gone = with(6);
        gone.close();
        gone.add(new byte[6]);
        assertEquals(10, with(10).length());
    }
}
