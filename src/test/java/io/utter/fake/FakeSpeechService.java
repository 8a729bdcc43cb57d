package io.utter.fake;

import io.utter.engine.Deadline;
import io.utter.engine.EngineMonitor;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.utter.speech.Reference;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import io.utter.text.Language;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import io.utter.text.SpokenWord;
import io.utter.text.SymbolTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two voices that hum. Streams follow the scripts put in beforehand, in order; without one a stream is three short chunks. */
public final class FakeSpeechService implements SpeechService {
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<SpeechRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<FakeStream> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<Deadline> deadlines = new LinkedBlockingQueue<>();
    private final List<Voice> added = new CopyOnWriteArrayList<>();
    private final List<Model> imported = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Reference> references = new LinkedBlockingQueue<>();
    private volatile EngineMonitor monitor = EngineMonitor.NONE;
    private volatile CountDownLatch preparation = new CountDownLatch(0);
    private volatile Optional<String> broken = Optional.empty();

    /** The next stream follows this script. */
    public void next(Script script) {
        scripts.add(script);
    }

    /** Forgets what happened before, so that a test sees only its own. */
    public void forget() {
        scripts.clear();
        requests.clear();
        streams.clear();
        deadlines.clear();
        added.clear();
        imported.clear();
        references.clear();
        preparation = new CountDownLatch(0);
        broken = Optional.empty();
    }

    /** From now on there is this model, too, until all is forgotten; it has no voice. */
    public void imported(Model model) {
        imported.add(model);
    }

    /** From now on a text is prepared when this is open, and no sooner. */
    public void prepareBehind(CountDownLatch gate) {
        preparation = gate;
    }

    /** From now on nothing can be spoken any more, for this reason. */
    public void breakDown(String reason) {
        broken = Optional.of(reason);
    }

    /** Who is to be told what engines do. */
    public EngineMonitor monitor() {
        return monitor;
    }

    /** When the oldest request not taken yet is to be finished. */
    public Deadline deadline() throws InterruptedException {
        return java.util.Objects.requireNonNull(deadlines.poll(10, TimeUnit.SECONDS), "no request came");
    }

    /** The oldest request not taken yet. */
    public SpeechRequest request() throws InterruptedException {
        return java.util.Objects.requireNonNull(requests.poll(10, TimeUnit.SECONDS), "no request came");
    }

    /** The oldest stream not taken yet. */
    public FakeStream stream() throws InterruptedException {
        return java.util.Objects.requireNonNull(streams.poll(10, TimeUnit.SECONDS), "no stream was begun");
    }

    @Override
    public List<Model> models() {
        List<Model> all = new ArrayList<>(imported);
        all.addFirst(new Model("hum", "v2", FakeStream.SAMPLE_RATE, 1_700_000_000, Set.of("hum-e10.ckpt", "hum_e8.pth")));
        return all;
    }

    @Override
    public List<Voice> voices() {
        List<Voice> all = new ArrayList<>(List.of(new Voice("ada", "hum", "Ada", "en", 1_700_000_000, true, false, Optional.empty()),
                new Voice("bob", "hum", "Bob", "en", 1_700_000_000, true, false, Optional.empty())));
        all.addAll(added);
        return all;
    }

    /** Says "ni" to everything, after a pause. */
    @Override
    public List<Sentence> pronounce(SpeechRequest request) {
        requests.add(request);
        Segment segment = new Segment(Language.MANDARIN, request.input(), request.input(), List.of("n", "i3"), List.of(2),
                List.of(new SpokenWord(request.input(), "ni3", 2)), true);
        return List.of(new Sentence(request.input(), List.of(segment), SymbolTable.V2, Optional.of(Duration.ofMillis(1500))));
    }

    @Override
    public Voice voice(String model, String id) {
        known("model", model, models().stream().map(Model::id).toList());
        return voices().stream().filter(voice -> voice.id().equals(id)).findFirst()
                .orElseThrow(() -> new UtterException.NotFound("voice", "voice_not_found", "There is no such voice."));
    }

    @Override
    public Voice addVoice(String model, String name, Reference reference, Optional<String> consent) {
        known("model", model, models().stream().map(Model::id).toList());
        references.add(reference);
        Voice voice = new Voice(name.toLowerCase(java.util.Locale.ROOT), "hum", name, reference.language().orElse("en"), 1_800_000_000,
                reference.transcript().isPresent(), true, consent);
        added.add(voice);
        return voice;
    }

    @Override
    public void removeVoice(String model, String id) {
        added.remove(voice(model, id));
    }

    /** The reference of the voice that was added last and not taken yet. */
    public Reference reference() throws InterruptedException {
        return java.util.Objects.requireNonNull(references.poll(10, TimeUnit.SECONDS), "no voice was added");
    }

    @Override
    public SpeechStream speak(SpeechRequest request, Deadline deadline) {
        known("model", request.model(), models().stream().map(Model::id).toList());
        known("voice", request.voice(), voices().stream().map(Voice::id).toList());
        deadlines.add(deadline);
        requests.add(request);
        try {
            preparation.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Script script = scripts.poll();
        FakeStream stream = new FakeStream(script == null ? Script.ofChunks(3) : script, request.seed().orElse(7));
        streams.add(stream);
        return stream;
    }

    private static void known(String field, String id, List<String> ids) {
        if (!id.equals("default") && !ids.contains(id)) {
            throw new UtterException.NotFound(field, field + "_not_found", "There is no such " + field + ".");
        }
    }

    @Override
    public void monitor(EngineMonitor told) {
        monitor = told;
    }

    @Override
    public Optional<String> broken() {
        return broken;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
