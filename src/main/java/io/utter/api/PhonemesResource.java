package io.utter.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.config.RequestRules;
import io.utter.config.UtterConfig;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code /v1/audio/phonemes}: how a text would be read, for those who wonder why something is read wrongly. */
@Path("/v1/audio/phonemes")
@Produces(MediaType.APPLICATION_JSON)
@Door.Keyed
public class PhonemesResource {
    private final ServerLifecycle lifecycle;
    private final RequestRules rules;
    private final int bodyBytes;

    PhonemesResource(ServerLifecycle lifecycle, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.rules = new RequestRules(config.limits());
        this.bodyBytes = config.limits().bodyBytes();
    }

    /** The sentences of the text, as they would be spoken one after another. */
    public record Phonemes(String object, List<Said> sentences) {}

    /** A sentence; {@code pause_before}: seconds, where the writer asks for a pause. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Said(String text, String normalized, List<String> phones, List<Integer> ids, Double pause_before, List<Part> segments) {
        static Said of(Sentence sentence) {
            return new Said(sentence.text(), sentence.normalized(), sentence.phones(), Arrays.stream(sentence.phoneIds()).boxed().toList(),
                    sentence.pauseBefore().map(pause -> pause.toNanos() / 1e9).orElse(null), sentence.segments().stream().map(Part::of).toList());
        }
    }

    /**
     * A part of a sentence in one language.
     *
     * @param phones_per_character for each character of {@code normalized}; absent where the language does not know
     * @param words all that the phones say, in their order; absent where the language does not know
     * @param marked whether the writer or the lexicon said how it is read
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Part(String language, String text, String normalized, List<String> phones, List<Integer> phones_per_character, List<Word> words,
            boolean marked) {
        static Part of(Segment segment) {
            return new Part(segment.language().code(), segment.text(), segment.normalized(), segment.phones(), segment.phonesPerCharacter(),
                    Word.of(segment), segment.marked());
        }
    }

    /** A word, a mark or a space that is said; {@code reading}: pinyin, Jyutping or katakana. */
    public record Word(String text, @JsonInclude(JsonInclude.Include.NON_EMPTY) String reading, List<String> phones) {
        static List<Word> of(Segment segment) {
            List<List<String>> phones = segment.phonesOfWords();
            return IntStream.range(0, phones.size())
                    .mapToObj(i -> new Word(segment.words().get(i).text(), segment.words().get(i).reading(), phones.get(i))).toList();
        }
    }

    /** The body of a speech request, of which {@code input}, {@code model}, {@code voice} and {@code language} matter. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    public Phonemes of(InputStream body, RoutingContext http) {
        return phonemes(SpeechBody.read(RequestBody.read(body, http.request(), bodyBytes)));
    }

    /** The same with the fields in the query. */
    @GET
    @Blocking
    @RunOnVirtualThread
    public Phonemes of(RoutingContext http) {
        Map<String, String> fields = new LinkedHashMap<>();
        http.queryParams().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return phonemes(SpeechBody.read(fields));
    }

    private Phonemes phonemes(SpeechBody asked) {
        return new Phonemes("audio.phonemes", lifecycle.service().pronounce(rules.check(asked.request())).stream().map(Said::of).toList());
    }
}
