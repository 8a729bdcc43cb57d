package io.utter.text;

import io.utter.error.UtterException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The languages a GPT-SoVITS voice can speak, each with the code its clients send. */
public enum Language {
    ENGLISH("en", "English"),
    MANDARIN("zh", "Mandarin"),
    JAPANESE("ja", "Japanese"),
    KOREAN("ko", "Korean"),
    CANTONESE("yue", "Cantonese");

    private final String code;
    private final String displayName;

    Language(String code, String displayName) {
        this.code = code;
        this.displayName = displayName;
    }

    public String code() {
        return code;
    }

    /** The name as an English sentence spells it, for messages. */
    public String displayName() {
        return displayName;
    }

    /**
     * @param code a language code in upper or lower case
     * @throws UtterException.InvalidInput ({@code unsupported_language}) when no language has that code
     */
    public static Language parse(String code) {
        return of(code.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new UtterException.InvalidInput("language", "unsupported_language",
                        "Unknown language code. Known codes: " + codes() + "."));
    }

    /** The language of a code, if there is one. */
    public static Optional<Language> of(String code) {
        return Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
    }

    private static String codes() {
        return Arrays.stream(values()).map(Language::code).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return displayName + " (" + code + ")";
    }
}
