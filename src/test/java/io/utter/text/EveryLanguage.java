package io.utter.text;

import io.utter.text.en.EnglishFrontEnd;
import io.utter.text.ja.JapaneseFrontEnd;
import io.utter.text.ko.KoreanFrontEnd;
import io.utter.text.mixed.FastTextModel;
import io.utter.text.mixed.LanguageIdentifier;
import io.utter.text.mixed.LanguageSegmenter;
import io.utter.text.yue.CantoneseFrontEnd;
import io.utter.text.zh.MandarinFrontEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All languages together, for tests of what they have in common. */
public final class EveryLanguage {
    private EveryLanguage() {}

    /** The model that tells languages apart and that the golden lines were made with. */
    public static LanguageIdentifier model() {
        return FastTextModel.opened(Path.of("models/language-id/lid.176.ftz"));
    }

    /** All of them, told apart by the model. */
    public static TextFrontEnd text() {
        return text(new LanguageSegmenter(model()));
    }

    public static TextFrontEnd text(LanguageSegmentation segmentation) {
        List<LanguageFrontEnd> languages = new ArrayList<>(MandarinFrontEnd.ofAllGenerations());
        languages.addAll(List.of(new EnglishFrontEnd(), new JapaneseFrontEnd(), new KoreanFrontEnd(), new CantoneseFrontEnd()));
        return new TextFrontEnd(languages, segmentation);
    }
}
