package io.utter.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says which device's loop decodes the next stream: the one where it is expected to wait the least; where it would not wait at all, the one
 * that has the most room. A loop that cannot decode any more gets none while others can. Safe for use by many threads.
 */
final class Dispatcher {
    private final List<DecodeLoop> loops;

    /** @param loops at least one */
    Dispatcher(List<DecodeLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /** The loop for a stream that enters now. */
    DecodeLoop next() {
        return loops.stream().min(Comparator.comparing((DecodeLoop loop) -> loop.broken().isPresent()).thenComparing(DecodeLoop::expectedWait)
                .thenComparing(DecodeLoop::occupancy)).orElseThrow();
    }

    /** Why nothing can be decoded any more; empty while any loop can. */
    Optional<String> broken() {
        List<String> reasons = loops.stream().flatMap(loop -> loop.broken().stream()).toList();
        return reasons.size() == loops.size() ? Optional.of(reasons.getFirst()) : Optional.empty();
    }
}
