package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.SemanticModel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stream on its way through the engine: the sentence that is being decoded, the chunks ordered from the acoustic stage, and those
 * that wait for the listener. All state belongs to the decode loop's thread, except the outbox and the tally.
 */
final class Slot implements SpeechStream {
    private final DecodeLoop loop;
    private final EngineSettings settings;
    private final Conditioning voice;
    private final SpeechOptions options;
    private final int sampleRate;
    private final PhraseFeed feed;
    private final Outbox outbox;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicBoolean entered = new AtomicBoolean();

    final Tally tally;
    private SemanticModel.Sequence sequence;
    private Utterance utterance;
    private int sentence;
    private int chunk;
    private int inFlight;
    private boolean lastSentenceTaken;
    private volatile boolean ended;

    Slot(DecodeLoop loop, EngineSettings settings, int sampleRate, Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options,
            Duration text) {
        this.loop = loop;
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.voice = voice;
        this.options = options;
        this.tally = new Tally(sampleRate, text);
        this.feed = new PhraseFeed(phrases, tally, loop::wake);
        this.outbox = new Outbox(this::changed);
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
            loop.enter(this);
        } else {
            loop.wake();
        }
    }

    // What follows runs on the decode loop's thread.

    void begin(SemanticModel.Sequence sequence) {
        this.sequence = sequence;
        tally.admitted();
        feed.prefetch();
    }

    /** The decoder's memory, once the stream needs it no more. */
    Optional<SemanticModel.Sequence> release() {
        Optional<SemanticModel.Sequence> released = Optional.ofNullable(sequence);
        sequence = null;
        return released;
    }

    boolean ended() {
        return ended || outbox.cancelled();
    }

    /** Whether there is something to do that nobody has to wait for. */
    boolean canAdvance() {
        if (ended() || lastSentenceTaken || outbox.waiting() + inFlight > settings.chunksAhead()) {
            return false;
        }
        return utterance != null || feed.isReady();
    }

    /** One unit of work: taking up a sentence, its prefill, or one decode step. */
    void advance() {
        try {
            if (utterance == null) {
                takeUpSentence();
            } else {
                loop.compute(utterance::advance);
                orderAudio();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void takeUpSentence() {
        Optional<Phrase> phrase = feed.take();
        if (phrase.isEmpty()) {
            lastSentenceTaken = true;
            endIfDone();
            return;
        }
        utterance = loop.utterance(sequence, voice, phrase.get(), options, FrameNoise.mix(options.seed() ^ FrameNoise.mix(sentence)), tally);
        tally.sentence(phrase.get().phones().length);
        sentence++;
    }

    /** Orders the next chunks of audio, if it is time for them. */
    private void orderAudio() {
        int end;
        while ((end = options.plan().next(chunk, utterance.ordered, utterance.count(), utterance.ended())) > utterance.ordered) {
            boolean pause = utterance.ordered == 0 && sentence > 1;
            int silence = pause ? (int) Math.round(options.pauseSeconds() * sampleRate) : 0;
            tally.tokens(end - utterance.ordered);
            utterance.ordered = end;
            inFlight++;
            loop.render(new Rendition(this, chunk++, utterance.rendering, utterance.tokens(), end, silence));
        }
        if (utterance.ended()) {
            utterance = null;
        }
    }

    void rendered(float[] samples) {
        inFlight--;
        if (!ended() && samples.length > 0) {
            outbox.offer(samples);
        }
        endIfDone();
    }

    private void endIfDone() {
        if (lastSentenceTaken && inFlight == 0 && !ended) {
            ended = true;
            tally.ended();
            outbox.end(null);
        }
    }

    void fail(Throwable failure) {
        if (!ended) {
            ended = true;
            tally.ended();
            outbox.end(failure instanceof UtterException ? failure
                    : new UtterException.Failed("synthesis_failed", "the speech could not be made", failure));
        }
    }

    /** The listener has left, or the stream has ended: nothing more is done for it. */
    void leave() {
        ended = true;
        tally.ended();
    }
}
