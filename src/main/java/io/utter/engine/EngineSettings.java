package io.utter.engine;

import io.utter.model.DeviceName;
import io.utter.model.Devices;
import io.utter.model.Manifest;
import io.utter.model.Placement;
import java.time.Duration;

/**
 * How an engine uses its machine.
 *
 * @param device what computes: {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1}, or several with commas between
 * @param threads threads that one run of a network may use; 0: what suits the networks and the machine
 * @param runs networks that may run at the same time: the decode loop's, and those of the acoustic stage; 0: what suits
 * @param slots streams that are decoded at the same time, in one batch; others wait in order of arrival
 * @param chunksAhead chunks that may wait for a listener before its stream pauses
 * @param acousticBatch most chunks that become audio in one run
 * @param card how cards are used
 * @param stallTimeout a listener that takes nothing for so long, while there is something to take, is let go
 */
public record EngineSettings(String device, int threads, int runs, int slots, int chunksAhead, int acousticBatch, Card card,
        Duration stallTimeout) {
    /** What a card runs at the same time: a step of the decode loop, and two runs of the acoustic stage. */
    private static final int RUNS_ON_A_CARD = 3;
    /** Multiplications a token below which a second thread costs more than it helps (measured with 4 layers x 256 against 24 x 512). */
    private static final long SMALL = 10_000_000;
    /** Weights of a transformer layer, in squares of its width. */
    private static final long SQUARES_PER_LAYER = 12;
    /** On no more processors than these, large networks do not run side by side: all of them make each run short. */
    private static final int FEW_PROCESSORS = 2;

    /**
     * How cards are used.
     *
     * @param memoryBytes most of their memory to use, each; 0: what is free at the start, less a reserve
     * @param rowPositions phones, prompt and tokens of the longest sentence that there is room for, in each slot
     * @param repeatable whether what a request sounds like must not depend on how many others there are: sums come out differently in runs of
     *     different sizes, so then all have the same
     */
    public record Card(long memoryBytes, int rowPositions, boolean repeatable) {
        /** The longest reference, a sentence, and what it takes to say it. */
        private static final int LEAST_ROW_POSITIONS = 512;

        public Card {
            if (memoryBytes < 0) {
                throw new IllegalArgumentException("memory is at least 0");
            }
            if (rowPositions < LEAST_ROW_POSITIONS) {
                throw new IllegalArgumentException("rowPositions is at least " + LEAST_ROW_POSITIONS);
            }
        }
    }

    public EngineSettings {
        if (threads < 0 || runs < 0) {
            throw new IllegalArgumentException("threads and runs are at least 0");
        }
        if (slots < 1 || chunksAhead < 1 || acousticBatch < 1) {
            throw new IllegalArgumentException("slots, chunksAhead and acousticBatch are at least 1");
        }
        if (!stallTimeout.isPositive()) {
            throw new IllegalArgumentException("stallTimeout is positive");
        }
    }

    /** The same with threads and runs decided for these networks on so many processors or a card, where they are not. */
    EngineSettings suiting(Manifest.Semantic networks, DeviceName on, int processors) {
        boolean small = SQUARES_PER_LAYER * networks.layers() * networks.width() * networks.width() < SMALL;
        int runsOnProcessors = small ? processors : processors <= FEW_PROCESSORS ? 1 : 2;
        int usualRuns = on.kind() == DeviceName.Kind.CUDA ? RUNS_ON_A_CARD : runsOnProcessors;
        int someRuns = runs > 0 ? runs : threads > 0 ? Math.max(1, processors / threads) : usualRuns;
        int cardBatch = on.kind() == DeviceName.Kind.CUDA ? chunksInARunOnACard() : acousticBatch;
        int someThreads = threads > 0 ? threads : Math.max(1, processors / someRuns);
        return new EngineSettings(device, someThreads, someRuns, slots, chunksAhead, cardBatch, card, stallTimeout);
    }

    /** Most chunks that become audio in one run on a card. */
    public int chunksInARunOnACard() {
        return card.repeatable ? 1 : acousticBatch;
    }

    /** The same on other devices. */
    public EngineSettings on(String devices) {
        return new EngineSettings(devices, threads, runs, slots, chunksAhead, acousticBatch, card, stallTimeout);
    }

    /** Streams that are decoded at the same time on all devices together. */
    public int slotsInAll() {
        return slots * Devices.count(device);
    }

    Placement placement(DeviceName on) {
        return Placement.on(on, threads, new Placement.Room(card.rowPositions, Math.max(1, runs - 1), acousticBatch, card.repeatable));
    }
}
