package io.utter.bench.load;

import io.utter.bench.load.Heard.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One client of a soak.
 *
 * @param kind what it is up to
 * @param ask what it asks for, if it asks rightly
 * @param body what it sends
 * @param manners how it behaves while it is spoken to
 */
record Visit(Kind kind, SpeechAsk ask, byte[] body, Manners manners) {
    private static final int HUGE_BYTES = 400_000;
    private static final int SMALL_BUFFER = 4096;
    private static final Duration SLOW_PAUSE = Duration.ofMillis(20);
    private static final int IMPATIENT_MILLIS = 200;
    private static final int BRIEF_BYTES = 30_000;

    /** What clients are up to, and how often, in percent. */
    enum Kind {
        LISTENS(58, Outcome.COMPLETE, Outcome.REFUSED),
        LEAVES_AT_ONCE(8, Outcome.LEFT),
        LEAVES_SOON(8, Outcome.LEFT, Outcome.COMPLETE, Outcome.REFUSED),
        LEAVES_MID_STREAM(8, Outcome.LEFT, Outcome.COMPLETE, Outcome.REFUSED),
        READS_SLOWLY(6, Outcome.COMPLETE, Outcome.REFUSED),
        BROKEN_JSON(3, Outcome.BLAMED, Outcome.REFUSED),
        UNKNOWN_FIELD(3, Outcome.BLAMED, Outcome.REFUSED),
        HUGE_BODY(3, Outcome.BLAMED, Outcome.REFUSED, Outcome.FAILED), // it may be reset while it still sends
        EMPTY_TEXT(3, Outcome.BLAMED, Outcome.REFUSED);

        private final int percent;
        private final Set<Outcome> right;

        Kind(int percent, Outcome... right) {
            this.percent = percent;
            this.right = Set.of(right);
        }

        static Kind any(Random random) {
            int left = random.nextInt(100);
            for (Kind kind : values()) {
                left -= kind.percent;
                if (left < 0) {
                    return kind;
                }
            }
            return LISTENS;
        }
    }

    /** A client of any kind, the same for the same {@code random}. */
    static Visit any(Random random, List<SpeechAsk> brief, List<SpeechAsk> lengthy) {
        return of(Kind.any(random), random, brief.get(random.nextInt(brief.size())), lengthy.get(random.nextInt(lengthy.size())));
    }

    private static Visit of(Kind kind, Random random, SpeechAsk brief, SpeechAsk lengthy) {
        boolean byReset = random.nextBoolean();
        return switch (kind) {
            case LISTENS -> listening(brief);
            case LEAVES_AT_ONCE -> new Visit(kind, brief, brief.json(), Manners.GOOD.leavingAfter(Duration.ZERO, byReset));
            case LEAVES_SOON -> new Visit(kind, brief, brief.json(),
                    Manners.GOOD.leavingAfter(Duration.ofMillis(1 + random.nextInt(IMPATIENT_MILLIS)), byReset));
            case LEAVES_MID_STREAM -> new Visit(kind, lengthy, lengthy.json(),
                    Manners.GOOD.leavingWith(random.nextInt(BRIEF_BYTES), byReset));
            case READS_SLOWLY -> new Visit(kind, lengthy, lengthy.json(), Manners.GOOD.reading(SLOW_PAUSE, SMALL_BUFFER));
            case BROKEN_JSON -> sending(kind, brief, "{\"input\": \"Hello");
            case UNKNOWN_FIELD -> sending(kind, brief, "{\"input\": \"Hello.\", \"colour\": \"blue\"}");
            case HUGE_BODY -> sending(kind, brief, "{\"input\": \"" + "a".repeat(HUGE_BYTES) + "\"}");
            case EMPTY_TEXT -> sending(kind, brief, "{\"input\": \"\"}");
        };
    }

    /** One who does nothing wrong. */
    static Visit listening(SpeechAsk ask) {
        return new Visit(Kind.LISTENS, ask, ask.json(), Manners.GOOD);
    }

    private static Visit sending(Kind kind, SpeechAsk ask, String body) {
        return new Visit(kind, ask, body.getBytes(StandardCharsets.UTF_8), Manners.GOOD);
    }

    /** Whether a server may treat such a client so. */
    boolean allows(Outcome outcome) {
        return kind.right.contains(outcome);
    }
}
