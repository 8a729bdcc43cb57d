package io.utter.engine;

import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Real networks that fail when they are told to. A phone stands for the stream whose text has it. */
final class FaultyNetworks implements Networks {
    private final java.util.function.Supplier<TokenDecoder> decoders;
    private final PriorModel prior;
    private final WaveformModel waveform;
    private final Manifest manifest;
    final AtomicInteger semanticRenewals = new AtomicInteger();
    final AtomicInteger acousticRenewals = new AtomicInteger();

    /** Which texts' prefill, steps (they throw), scores (not numbers) and audio (throws) go wrong, told by their first phone. */
    volatile IntPredicate prefill = phone -> false;
    volatile IntPredicate step = phone -> false;
    volatile IntPredicate scores = phone -> false;
    volatile IntPredicate audio = phone -> false;

    FaultyNetworks(java.util.function.Supplier<TokenDecoder> decoders, PriorModel prior, WaveformModel waveform, Manifest manifest) {
        this.decoders = decoders;
        this.prior = prior;
        this.waveform = waveform;
        this.manifest = manifest;
    }

    @Override
    public TokenDecoder newDecoder() {
        return new FaultyDecoder(decoders.get());
    }

    @Override
    public AcousticStage acoustic() {
        return new AcousticStage(prior, waveform, manifest) {
            @Override
            List<float[]> samples(List<Piece> pieces) {
                if (pieces.stream().anyMatch(piece -> audio.test(piece.rendering().phones()[0]))) {
                    throw new IllegalStateException("out of memory in a run");
                }
                return super.samples(pieces);
            }
        };
    }

    @Override
    public void renewSemantic() {
        semanticRenewals.incrementAndGet();
    }

    @Override
    public void renewAcoustic() {
        acousticRenewals.incrementAndGet();
    }

    private final class FaultyDecoder implements TokenDecoder {
        private final TokenDecoder real;
        private final int[] firstPhone = new int[64];

        FaultyDecoder(TokenDecoder real) {
            this.real = real;
        }

        @Override
        public int capacity() {
            return real.capacity();
        }

        @Override
        public long copiedBytes() {
            return real.copiedBytes();
        }

        @Override
        public Manifest.Semantic shape() {
            return real.shape();
        }

        @Override
        public float[] prefill(int row, int[] phones, float[] features, int[] prompt) {
            firstPhone[row] = phones[0];
            if (prefill.test(phones[0])) {
                throw new IllegalStateException("prefill");
            }
            return real.prefill(row, phones, features, prompt);
        }

        @Override
        public void step(int[] next) {
            for (int row = 0; row < next.length; row++) {
                if (next[row] != NONE && step.test(firstPhone[row])) {
                    throw new IllegalStateException("step of a batch");
                }
            }
            real.step(next);
        }

        @Override
        public void stepAlone(int row, int next) {
            if (step.test(firstPhone[row])) {
                throw new IllegalStateException("step");
            }
            real.stepAlone(row, next);
        }

        @Override
        public float[] scores(int row) {
            float[] given = real.scores(row);
            if (scores.test(firstPhone[row])) {
                java.util.Arrays.fill(given, Float.NaN);
            }
            return given;
        }

        @Override
        public void exchange(int a, int b) {
            real.exchange(a, b);
            int phone = firstPhone[a];
            firstPhone[a] = firstPhone[b];
            firstPhone[b] = phone;
        }

        @Override
        public void forget(int row) {
            real.forget(row);
        }

        @Override
        public long cacheBytes() {
            return real.cacheBytes();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
