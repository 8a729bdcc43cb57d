package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.error.UtterException.InvalidInput;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
    @ParameterizedTest
    @EnumSource
    void isReadFromItsCodeInEitherCase(Language language) {
        assertSame(language, Language.parse(language.code()));
        assertSame(language, Language.parse(language.code().toUpperCase(Locale.ROOT)));
    }

    @Test
    void anUnknownCodeIsRefused() {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> Language.parse("tlh"));
        assertEquals("language", refused.field());
        assertEquals("unsupported_language", refused.code());
    }
}
