package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.TokenDecoder;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stream on its way through the engine: the sentence that is being decoded, the chunks ordered from the acoustic stage, and those
 * that wait for the listener. All state belongs to the decode loop's thread, except the outbox and the tally. Whatever comes back from
 * elsewhere names the slot itself and never the row that it had, so that it cannot reach whoever has the row by then.
 */
final class Slot implements SpeechStream {
    /** Until when the first sound of a stream is wanted, after it came; what is heard already goes first only if it runs out before. */
    private static final Duration FIRST_AUDIO = Duration.ofMillis(500);
    /** Sound that a listener should always have in hand. */
    private static final Duration RESERVE = Duration.ofMillis(300);

    /** Chunks that may wait to be made before decoding pauses: many, since a step of many rows costs little more than one of few. */
    private static final int ORDERS_AHEAD = 8;

    /** Who knows which loop is to decode it. */
    private final Dispatcher dispatcher;
    /** From when it is wanted on. */
    private volatile DecodeLoop loop;
    private final EngineSettings settings;
    private final Conditioning voice;
    private final SpeechOptions options;
    private final int sampleRate;
    private final Deadline deadline;
    private final PhraseFeed feed;
    private final Outbox outbox;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicBoolean entered = new AtomicBoolean();
    private final long arrival = System.nanoTime();

    final Tally tally;
    private Utterance utterance;
    private int sentence;
    private double secondsBefore;
    private int chunk;
    private int inFlight;
    private boolean lastSentenceTaken;
    private volatile boolean ended;
    /** Until when its next audio is wanted, in terms of {@link System#nanoTime()}. */
    private volatile long wantedBy;
    private volatile boolean heard;
    private long offeredNanos;
    private long playingSince;

    Slot(Dispatcher dispatcher, EngineSettings settings, int sampleRate, Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options,
            Duration text, Deadline deadline) {
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.voice = voice;
        this.options = options;
        this.deadline = deadline;
        this.tally = new Tally(sampleRate, text);
        this.feed = new PhraseFeed(phrases, tally, this::wake);
        this.outbox = new Outbox(this::changed);
        this.wantedBy = arrival + FIRST_AUDIO.toNanos();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public long seed() {
        return options.seed();
    }

    @Override
    public SpeechReport report() {
        return tally.report();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super float[]> subscriber) {
        if (subscribed.compareAndSet(false, true)) {
            outbox.subscribe(subscriber);
        } else {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            subscriber.onError(new IllegalStateException("a speech stream has one subscriber"));
        }
    }

    /** A stream enters the queue when somebody first wants to hear it. */
    private void changed() {
        if (outbox.wanted() && entered.compareAndSet(false, true)) {
            loop = dispatcher.next();
            loop.enter(this);
        } else {
            wake();
        }
    }

    private void wake() {
        DecodeLoop entered = loop;
        if (entered != null) {
            entered.wake();
        }
    }

    boolean ended() {
        return ended || outbox.cancelled();
    }

    /** How urgent a stream is at some moment. Of two, the one whose audio is wanted earlier goes first, then the one that came earlier. */
    record Urgency(Slot slot, long wantedBy, long arrival) implements Comparable<Urgency> {
        @Override
        public int compareTo(Urgency other) {
            long sooner = wantedBy - other.wantedBy;
            return Long.signum(sooner == 0 ? arrival - other.arrival : sooner);
        }
    }

    /**
     * The stream's next audio is wanted before its listener has nothing more to hear. A first sound that is late already is wanted now, and
     * not before: to begin late is better than to break off elsewhere.
     *
     * @param now the moment, in terms of {@link System#nanoTime()}
     */
    Urgency urgency(long now) {
        return new Urgency(this, heard || wantedBy - now > 0 ? wantedBy : now, arrival);
    }

    // What follows runs on the decode loop's thread.

    /** The stream has a row. */
    void begin() {
        tally.admitted();
        feed.prefetch();
    }

    /** Lets go of a stream that nobody wants any more, or whose listener does not listen. */
    void expire() {
        if (outbox.delivered()) {
            return;
        }
        if (deadline.hasPassed()) {
            fail(new UtterException.TimedOut("The speech could not be finished in the time that the request was given."));
        } else if (outbox.stalled().compareTo(settings.stallTimeout()) > 0) {
            fail(new UtterException.Failed("slow_reader", "The audio was not taken for %d s.".formatted(settings.stallTimeout().toSeconds()), null));
        }
    }

    /** Whether all tokens are decoded, so that others may have the row. */
    boolean isDecoded() {
        return lastSentenceTaken;
    }

    /** Whether the listener has all of it, or will get no more. */
    boolean isOver() {
        return ended() && outbox.delivered();
    }

    /** Whether it pauses until its listener takes more, or until some of its tokens have become audio. */
    boolean isParked() {
        return isHeldUp() || inFlight > ORDERS_AHEAD;
    }

    /** Whether its listener, not the engine, is what it waits for. */
    boolean isHeldUp() {
        return outbox.waiting() > settings.chunksAhead();
    }

    /** Takes up the next sentence if it is there. Afterwards, unless the stream pauses or is over, there is one to be decoded. */
    void takeUpSentence() {
        try {
            if (utterance == null && !ended() && !lastSentenceTaken && !isParked() && feed.isReady()) {
                Optional<Phrase> phrase = feed.take();
                if (phrase.isPresent()) {
                    utterance = loop.utterance(voice, phrase.get(), options, FrameNoise.mix(options.seed() ^ FrameNoise.mix(sentence)), tally);
                    tally.sentence(phrase.get().phones().length);
                    secondsBefore = phrase.get().secondsBefore().orElse(sentence == 0 ? 0 : options.pauseSeconds());
                    sentence++;
                } else {
                    lastSentenceTaken = true;
                    endIfDone();
                }
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    boolean canPrefill() {
        return utterance != null && !utterance.prefilled() && !ended() && !isParked();
    }

    boolean canStep() {
        return utterance != null && utterance.prefilled() && !ended() && !isParked();
    }

    int prefillRows() {
        return utterance.prefillRows();
    }

    /** The first pass over the sentence. What it throws is the network's failure, or the sentence's own. */
    void prefill(TokenDecoder decoder, int row) {
        long start = System.nanoTime();
        utterance.prefill(decoder, row);
        tally.prefilled(Duration.ofNanos(System.nanoTime() - start));
        orderAudio();
    }

    int lastToken() {
        return utterance.lastToken();
    }

    /** Takes the scores of a step. */
    void stepped(float[] scores, Duration took) {
        try {
            tally.stepped(took);
            utterance.draw(scores);
            orderAudio();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Orders the next chunks of audio, if it is time for them. */
    private void orderAudio() {
        int end;
        while ((end = options.plan().next(chunk, utterance.ordered, utterance.count(), utterance.ended())) > utterance.ordered) {
            int silence = utterance.ordered == 0 ? (int) Math.round(secondsBefore * sampleRate) : 0;
            tally.tokens(end - utterance.ordered);
            utterance.ordered = end;
            inFlight++;
            loop.render(new Rendition(this, utterance.rendering, utterance.tokens(), end, silence));
            chunk++;
        }
        if (utterance.ended()) {
            utterance = null;
        }
    }

    void rendered(float[] samples) {
        inFlight--;
        if (!ended() && samples.length > 0) {
            if (offeredNanos == 0) {
                playingSince = System.nanoTime();
                heard = true;
            }
            offeredNanos += Math.round(samples.length * 1e9 / sampleRate);
            wantedBy = playingSince + offeredNanos - RESERVE.toNanos();
            outbox.offer(samples);
        }
        endIfDone();
    }

    private void endIfDone() {
        if (lastSentenceTaken && inFlight == 0 && !ended) {
            ended = true;
            int silence = heard ? (int) Math.round(options.endSeconds() * sampleRate) : 0;
            if (silence > 0) {
                tally.rendered(silence);
                outbox.offer(new float[silence]);
            }
            tally.ended();
            outbox.end(null);
        }
    }

    void fail(Throwable failure) {
        if (!ended || !outbox.delivered()) {
            ended = true;
            tally.ended();
            outbox.abort(failure instanceof UtterException ? failure
                    : new UtterException.Failed("synthesis_failed", "the speech could not be made", failure));
        }
    }

    /** The listener has left, or the stream has ended: nothing more is done for it. */
    void leave() {
        ended = true;
        tally.ended();
    }
}
