package io.utter.text.ja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How numbers and the words they count change each other: 一本 is イッポン, 二十日 ハツカ. The second half of {@code njd_set_digit}. */
final class Counters {
    private static final String[] NUMBER_CLASSES = {"1b", "1c1", "1c2", "1d", "1e", "1f", "1g", "1h", "1i", "1j", "1k"};
    private static final String[] COUNTER_CLASSES = {"2b", "2c", "2d", "2e", "2f"};

    /** Words, and what they do to a number before them (surface, pronunciation, accent, moras) or what a number before them does to them. */
    private record Change(Set<String> words, Map<String, List<String>> table) {}

    private final Rules rules;
    private final List<Change> numbersBeforeCounters = new ArrayList<>();
    private final List<Change> countersAfterNumbers = new ArrayList<>();
    private final List<Change> numbersBeforePlaces;
    private final Change placesAfterNumbers;
    private final Set<String> numerals;
    private final Set<String> places;
    private final Map<String, List<String>> nativeNumerals;
    private final Map<String, List<String>> people;
    private final Map<String, List<String>> days;
    private final Map<String, List<String>> spansOfDays;
    private final PrefixTable voiced;
    private final PrefixTable semivoiced;

    Counters(Rules rules) {
        this.rules = rules;
        for (String name : NUMBER_CLASSES) {
            numbersBeforeCounters.add(change("numerative_class" + name, "conv_table" + name, 4));
        }
        for (String name : COUNTER_CLASSES) {
            countersAfterNumbers.add(change("numerative_class" + name, "conv_table" + name, 2));
        }
        this.numbersBeforePlaces = List.of(change("numeral_list8", "numeral_list9", 4), change("numeral_list10", "numeral_list11", 4));
        this.placesAfterNumbers = change("numeral_list6", "numeral_list7", 2);
        this.numerals = Set.copyOf(rules.digitCells("numeral_list4"));
        this.places = Set.copyOf(rules.digitCells("numeral_list5"));
        this.nativeNumerals = rules.digitRows("conv_table3", 4);
        this.people = rules.digitRows("conv_table4", 2);
        this.days = rules.digitRows("conv_table5", 2);
        this.spansOfDays = rules.digitRows("conv_table6", 2);
        this.voiced = new PrefixTable(rules.digitRows("voiced_sound_symbol_list", 2));
        this.semivoiced = new PrefixTable(rules.digitRows("semivoiced_sound_symbol_list", 2));
    }

    private Change change(String words, String table, int columns) {
        return new Change(Set.copyOf(rules.digitCells(words)), rules.digitRows(table, columns));
    }

    void read(Utterance words) {
        if (words.first() == null) {
            return;
        }
        readPoints(words);
        for (Word word = words.first().after; word != null; word = word.after) {
            if (word.before.isNumber() && word.isCounter()) {
                meet(word.before, word);
            }
        }
        for (Word word = words.first().after; word != null; word = word.after) {
            if (word.before.isNumber()) {
                meetPlace(word.before, word);
            }
        }
        for (Word word = words.first(); word != null && word.after != null; word = word.after) {
            boolean alone = word.before == null || word.before.partOfSpeech.is(PartOfSpeech.SYMBOL) || !word.before.isNumber();
            if (word.isNumber() && alone && word.after.isCounter()) {
                readSingle(word, word.after);
            }
        }
        readDatesOfTwoDigits(words);
        words.removeSilent();
    }

    private void readPoints(Utterance words) {
        for (Word word = words.first().after; word != null && word.after != null; word = word.after) {
            if (!DigitSequences.isPoint(word) || !word.before.isNumber() || !word.after.isNumber()) {
                continue;
            }
            word.become(rules.digitWord("NJD_SET_DIGIT_TEN_FEATURE"));
            word.chain = Word.Chain.JOINED;
            switch (word.before.surface) {
                case "〇", "０" -> DigitSequences.say(word.before, "レー");
                case "二" -> DigitSequences.say(word.before, "ニー");
                case "五" -> DigitSequences.say(word.before, "ゴー");
                case "六" -> word.before.accent(1);
                default -> {}
            }
            while (word.after != null && word.after.partOfSpeech.is(PartOfSpeech.NOUN)) {
                word = word.after;
            }
            if (word.after == null) {
                return;
            }
            word = word.after;
        }
    }

    private void meet(Word number, Word counter) {
        for (Change change : numbersBeforeCounters) {
            if (change.words.contains(counter.surface)) {
                say(number, change.table);
                break;
            }
        }
        for (Change change : countersAfterNumbers) {
            if (change.words.contains(counter.surface)) {
                voice(number, counter, change.table);
                break;
            }
        }
        number.chain = Word.Chain.APART;
        counter.chain = Word.Chain.JOINED;
    }

    private void meetPlace(Word number, Word word) {
        if (word.isNumber()) {
            if (numerals.contains(number.surface) && places.contains(word.surface)) {
                number.chain = Word.Chain.APART;
                word.chain = Word.Chain.JOINED;
            } else if (places.contains(number.surface) && numerals.contains(word.surface)) {
                word.chain = Word.Chain.APART;
            }
        }
        for (Change change : numbersBeforePlaces) {
            if (change.words.contains(word.surface)) {
                say(number, change.table);
            }
        }
        if (placesAfterNumbers.words.contains(word.surface)) {
            voice(number, word, placesAfterNumbers.table);
        }
    }

    private static void say(Word number, Map<String, List<String>> table) {
        List<String> row = table.get(number.surface);
        if (row != null) {
            number.pronunciation = row.get(1);
            number.accent(Integer.parseInt(row.get(2)));
            number.moras = Integer.parseInt(row.get(3));
        }
    }

    private void voice(Word number, Word counter, Map<String, List<String>> table) {
        List<String> row = table.get(number.surface);
        if (row != null && !counter.pronunciation.isEmpty()) {
            PrefixTable sounds = row.get(1).equals("1") ? voiced : semivoiced;
            sounds.find(counter.pronunciation, 0).ifPresent(sound -> counter.pronunciation =
                    sound.getLast() + counter.pronunciation.substring(sound.getFirst().length()));
        }
    }

    private void readSingle(Word number, Word counter) {
        if (counter.countedNatively) {
            say(number, nativeNumerals);
        }
        switch (counter.surface) {
            case "人" -> merge(number, counter, people);
            case "日" -> {
                if (number.is("一") && number.before != null && number.before.surface.contains("月")) {
                    number.become(rules.digitWord("NJD_SET_DIGIT_TSUITACHI"));
                    counter.silence();
                } else {
                    merge(number, counter, days);
                }
            }
            case "日間" -> merge(number, counter, spansOfDays);
            default -> {}
        }
    }

    private static void merge(Word number, Word counter, Map<String, List<String>> table) {
        List<String> row = table.get(number.surface);
        if (row != null) {
            number.become(Rules.word(row.getLast()));
            counter.silence();
        }
    }

    /** The 14th, the 20th and the 24th. */
    private void readDatesOfTwoDigits(Utterance words) {
        for (Word word = words.first(); word != null && word.after != null && word.after.after != null; word = word.after) {
            if (word.before != null && word.before.isNumber()) {
                continue;
            }
            Word second = word.after;
            Word third = second.after;
            if (word.is("十") && second.is("四")) {
                mergeDate(word, second, third, "NJD_SET_DIGIT_JUYOKKA", "NJD_SET_DIGIT_JUYOKKAKAN");
            } else if (word.is("二") && second.is("十")) {
                mergeDate(word, second, third, "NJD_SET_DITIT_HATSUKA", "NJD_SET_DIGIT_HATSUKAKAN");
                if (third.is("四") && third.after != null) {
                    mergeTwentyFourth(word, second, third, third.after);
                }
            }
        }
    }

    private void mergeDate(Word first, Word second, Word unit, String day, String span) {
        if (unit.is("日") || unit.is("日間")) {
            first.become(rules.digitWord(unit.is("日") ? day : span));
            second.silence();
            unit.silence();
        }
    }

    private void mergeTwentyFourth(Word two, Word ten, Word four, Word unit) {
        if (unit.is("日") || unit.is("日間")) {
            two.become(rules.digitWord("NJD_SET_DIGIT_NIJU"));
            ten.become(rules.digitWord(unit.is("日") ? "NJD_SET_DITIT_YOKKA" : "NJD_SET_DIGIT_YOKKAKAN"));
            four.silence();
            unit.silence();
        }
    }
}
