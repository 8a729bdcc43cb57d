package io.utter.text;

import io.utter.error.UtterException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller says about the languages of a text, by the codes of upstream's clients (spec/gpt-sovits.md 2.3). */
public enum LanguageMode {
    /** English and nothing else. */
    EN(Language.ENGLISH),
    /** Mandarin with English words; likewise the four below. */
    ZH(Language.MANDARIN),
    JA(Language.JAPANESE),
    KO(Language.KOREAN),
    YUE(Language.CANTONESE),
    /** All Mandarin but what is written in Latin letters, whatever the rest looks like; likewise the three below. */
    ALL_ZH(Language.MANDARIN),
    ALL_JA(Language.JAPANESE),
    ALL_KO(Language.KOREAN),
    ALL_YUE(Language.CANTONESE),
    /** Every run of text in the language it seems to be in. */
    AUTO(null),
    /** As {@link #AUTO}, with Chinese read as Cantonese. */
    AUTO_YUE(null);

    private final Language language;

    LanguageMode(Language language) {
        this.language = language;
    }

    /** The code in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one language that the caller names; empty when it is to be found out. */
    public Optional<Language> language() {
        return Optional.ofNullable(language);
    }

    /** The mode that stands for a language alone: mixed with English, as clients mean it who send the language's code. */
    public static LanguageMode of(Language language) {
        return valueOf(language.code().toUpperCase(Locale.ROOT));
    }

    /**
     * @param code a code in upper or lower case
     * @throws UtterException.InvalidInput ({@code unsupported_language}) when there is no such code
     */
    public static LanguageMode parse(String code) {
        String wanted = code.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(mode -> mode.code().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UtterException.InvalidInput("language", "unsupported_language", "Unknown language code. Known codes: "
                        + Arrays.stream(values()).map(LanguageMode::code).collect(Collectors.joining(", ")) + "."));
    }
}
