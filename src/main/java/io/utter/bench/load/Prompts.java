package io.utter.bench.load;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the clients ask for, in a fixed order, so that runs compare: sentences of many lengths, each with two seeds. */
record Prompts(String model, String voice) {
    private static final int SEEDS = 2;
    private static final int SHORT_CHARACTERS = 40;

    private static final List<String> TEXTS = List.of(
            "Good morning.",
            "Your taxi will be here in about four minutes, in front of the main entrance.",
            "Thank you, that is all I needed to know.",
            "The bakery on the corner opens at half past six, and by seven the best rolls are usually gone.",
            "Please turn left here.",
            "We have moved your appointment to Thursday at ten, because the doctor has to be in court on Wednesday.",
            "I did not quite catch that. Could you say the number again, a little more slowly?",
            "No, not yet.",
            "The ferry leaves from the second pier, and whoever misses it has to spend the night on the island.",
            "Dinner is ready!",
            "My grandmother kept her letters in a tin box, and nobody was ever allowed to open it while she lived.",
            "Your parcel was left with a neighbour.",
            "Remember to water the plants on the balcony, feed the cat twice a day, and leave the keys under the blue pot.",
            "It will rain in the north.",
            "The committee has read the report with interest, and asks for one more table before it decides.",
            "Are you still there?",
            "At the end of the valley stands an old mill whose wheel has not turned since the river changed its course.",
            "One moment, please.",
            "You can pay at the machine by the door, with a card or with coins, but it gives no change.",
            "He laughed so loudly that the people in the next room stopped talking.",
            "The battery is almost empty.",
            "When the lights went out, the orchestra simply kept on playing, and the audience listened in the dark until the last note"
                    + " had faded.",
            "Nothing has changed since yesterday.",
            "Take the lift to the fifth floor, follow the green line on the ground, and ring the bell at the end of the corridor.");

    /** How many asks differ from each other. */
    static int distinct() {
        return TEXTS.size() * SEEDS;
    }

    /** The ask of a number, from 0 on. */
    SpeechAsk ask(int number) {
        int which = Math.floorMod(number, distinct());
        return new SpeechAsk(model, voice, TEXTS.get(which % TEXTS.size()), 1 + which / TEXTS.size());
    }

    /** Only what is said in a moment. */
    List<SpeechAsk> brief() {
        return all().filter(ask -> ask.text().length() < SHORT_CHARACTERS).toList();
    }

    /** Only what takes some seconds to say. */
    List<SpeechAsk> lengthy() {
        return all().filter(ask -> ask.text().length() > 2 * SHORT_CHARACTERS).toList();
    }

    private Stream<SpeechAsk> all() {
        return IntStream.range(0, distinct()).mapToObj(this::ask);
    }
}
