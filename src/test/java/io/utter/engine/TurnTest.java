package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnTest {
    private final Turn turn = new Turn(1);
    private final List<Turn.Side> order = new CopyOnWriteArrayList<>();

    private Thread taker(Turn.Side side) {
        return Thread.ofVirtual().start(() -> turn.take(side, () -> order.add(side)));
    }

    @Test
    void theMoreUrgentSideGoesFirst() throws InterruptedException {
        turn.wants(Turn.Side.DECODE, 100);
        turn.wants(Turn.Side.ACOUSTIC, 200);
        Thread acoustic = taker(Turn.Side.ACOUSTIC);
        turn.take(Turn.Side.DECODE, () -> order.add(Turn.Side.DECODE));
        turn.take(Turn.Side.DECODE, () -> order.add(Turn.Side.DECODE));
        turn.wants(Turn.Side.DECODE, 300);
        acoustic.join();
        assertEquals(List.of(Turn.Side.DECODE, Turn.Side.DECODE, Turn.Side.ACOUSTIC), order);
    }

    @Test
    void ofTwoThatAreAsUrgentTheOneNearerToTheListenerGoesFirst() throws InterruptedException {
        turn.wants(Turn.Side.DECODE, 100);
        turn.wants(Turn.Side.ACOUSTIC, 100);
        Thread decode = taker(Turn.Side.DECODE);
        turn.take(Turn.Side.ACOUSTIC, () -> order.add(Turn.Side.ACOUSTIC));
        turn.wants(Turn.Side.ACOUSTIC, Turn.NEVER);
        decode.join();
        assertEquals(List.of(Turn.Side.ACOUSTIC, Turn.Side.DECODE), order);
    }

    @Test
    void whoHasNothingToDoHoldsNobodyUp() {
        turn.wants(Turn.Side.ACOUSTIC, Turn.NEVER);
        turn.wants(Turn.Side.DECODE, 100);
        turn.take(Turn.Side.DECODE, () -> order.add(Turn.Side.DECODE));
        assertEquals(List.of(Turn.Side.DECODE), order);
    }

    @Test
    void whereThereIsRoomForTwoNobodyWaitsForTheOther() throws InterruptedException {
        Turn two = new Turn(2);
        two.wants(Turn.Side.DECODE, 100);
        two.wants(Turn.Side.ACOUSTIC, 200);
        two.take(Turn.Side.ACOUSTIC, () -> two.take(Turn.Side.DECODE, () -> order.add(Turn.Side.DECODE)));
        assertEquals(List.of(Turn.Side.DECODE), order);
    }
}
