package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.api.ApiV2Weights.Kind;
import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.SpeechService.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;

/** Two checkpoints, named one after the other, mean a model. */
class ApiV2WeightsTest {
    private static final List<Model> MODELS = List.of(model("first", "first.ckpt", "first.pth"), model("anna", "anna.ckpt", "anna.pth"),
            model("bert", "bert.ckpt", "bert.pth"), model("base-1", "base.ckpt", "one.pth"), model("base-2", "base.ckpt", "two.pth"));

    private final ApiV2Weights weights = new ApiV2Weights();

    private static Model model(String id, String... sources) {
        return new Model(id, "v2", 32_000, 0, Set.of(sources));
    }

    private String gpt(String path) {
        weights.choose(Kind.GPT, path, MODELS);
        return weights.model(MODELS).id();
    }

    private String sovits(String path) {
        weights.choose(Kind.SOVITS, path, MODELS);
        return weights.model(MODELS).id();
    }

    private String refused(Runnable choice) {
        String before = weights.model(MODELS).id();
        String message = assertThrows(InvalidInput.class, choice::run).getMessage();
        assertEquals(before, weights.model(MODELS).id());
        return message;
    }

    @Test
    void untilOneIsNamedTheFirstModelIsMeant() {
        assertEquals("first", weights.model(MODELS).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna.ckpt", "GPT_weights_v2/anna.ckpt", "C:\\weights\\anna.ckpt", "/a/b/anna.ckpt", "anna"})
    void theEndOfAPathOrAnIdChooses(String path) {
        assertEquals("anna", gpt(path));
    }

    @Test
    void theFirstOfAPairChoosesAlreadyAndTheSecondAgrees() {
        assertEquals("anna", sovits("anna.pth"));
        assertEquals("anna", gpt("anna.ckpt"));
    }

    @Test
    void theSecondOfAPairMustHaveBeenImportedWithTheFirst() {
        gpt("anna.ckpt");
        String message = refused(() -> sovits("x/bert.pth"));
        assertTrue(message.contains("anna.ckpt") && message.contains("x/bert.pth"), message);
        assertEquals("anna", sovits("anna.pth"), "what was refused is forgotten");
    }

    @Test
    void whoNamesTheSameKindAgainHasThoughtBetterOfIt() {
        gpt("anna.ckpt");
        assertEquals("bert", gpt("bert.ckpt"));
        assertEquals("bert", sovits("bert.pth"));
    }

    @Test
    void afterAWholePairTheNextMayBegin() {
        gpt("anna.ckpt");
        sovits("anna.pth");
        assertEquals("bert", sovits("bert.pth"));
        assertTrue(refused(() -> gpt("anna.ckpt")).contains("bert.pth"));
        assertEquals("bert", gpt("bert.ckpt"));
        assertEquals("anna", gpt("anna.ckpt"));
    }

    @Test
    void aCheckpointOfSeveralPairsMeansTheOneOfItsOther() {
        assertEquals("base-1", gpt("base.ckpt"));
        assertEquals("base-2", sovits("two.pth"));
        assertEquals("base-2", gpt("base.ckpt"), "the present one, if it was made of it");
        assertEquals("base-1", sovits("one.pth"));
    }

    @Test
    void anIdStandsForAWholePair() {
        gpt("anna.ckpt");
        assertEquals("bert", sovits("bert"));
        assertEquals("anna", sovits("anna.pth"), "the checkpoint named before the id is forgotten");
    }

    @Test
    void whatNoModelWasMadeOfIsRefused() {
        gpt("anna.ckpt");
        assertTrue(refused(() -> gpt("nobody.ckpt")).startsWith("nobody.ckpt is neither"));
        assertTrue(refused(() -> sovits("")).contains("neither"));
    }

    @Test
    void aModelThatHasGoneIsNotMeantAnyMore() {
        gpt("anna.ckpt");
        assertEquals("first", weights.model(MODELS.subList(0, 1)).id());
    }
}
