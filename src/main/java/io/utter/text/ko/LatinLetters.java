package io.utter.text.ko;

/** Latin letters are spelled out: every one becomes its Korean name. */
final class LatinLetters {
    private static final String[] NAMES = (
            "에이 비 시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 제트").split(" ");

    private LatinLetters() {}

    static String spell(String text) {
        StringBuilder spelled = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = plain(text.charAt(i));
            if (letter >= 'a' && letter <= 'z') {
                spelled.append(NAMES[letter - 'a']);
            } else {
                spelled.append(text.charAt(i));
            }
        }
        return spelled.toString();
    }

    /** Upstream's patterns ignore case as Python does, for which four letters beyond ASCII are cases of ASCII ones. */
    private static char plain(char c) {
        return switch (c) {
            case 'İ', 'ı' -> 'i';
            case 'ſ' -> 's';
            case '\u212a' -> 'k'; // the Kelvin sign
            default -> c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
        };
    }
}
