package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Cards;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What to compute with.
 *
 * @param names at least one
 * @param automatic whether it was left to us, so that another may take its place
 * @param remark what an operator might want to know about the choice
 */
public record Devices(List<DeviceName> names, boolean automatic, Optional<String> remark) {
    /** Leaves the choice to us. */
    public static final String AUTO = "auto";

    /**
     * Reads the setting: {@code auto} takes all cards, and the processor where there is none; {@code cpu}, {@code cuda}, {@code cuda:1}, or
     * several of them with commas between, are taken as they are.
     *
     * @throws UtterException.Failed if the setting names nothing, or a card that cannot be had, with the reason
     */
    public static Devices of(String setting) {
        if (isAuto(setting)) {
            return cardsOrProcessor();
        }
        String[] parts = setting.split(",", -1);
        List<DeviceName> names = IntStream.range(0, parts.length).mapToObj(i -> named(parts[i], i)).toList();
        return new Devices(names, false, described(names));
    }

    /** Which cards these are, if there are any. */
    private static Optional<String> described(List<DeviceName> names) {
        String cards = names.stream().filter(name -> name.kind() == DeviceName.Kind.CUDA)
                .map(name -> name + " (" + Cards.name(name.number()) + ", compute capability " + Cards.computeCapability(name.number()) + ")")
                .collect(Collectors.joining(", "));
        return cards.isEmpty() ? Optional.empty() : Optional.of("computing on " + cards);
    }

    /** How many devices a setting names, whether they can be had or not. */
    public static int count(String setting) {
        return isAuto(setting) ? Math.max(1, Cards.count()) : setting.split(",", -1).length;
    }

    private static boolean isAuto(String setting) {
        return setting.strip().equalsIgnoreCase(AUTO);
    }

    private static Devices cardsOrProcessor() {
        Optional<String> obstacle = Cards.obstacle(0);
        if (obstacle.isPresent()) {
            return new Devices(List.of(DeviceName.CPU), true, obstacle.map(why -> "computing on the processor: " + why));
        }
        List<DeviceName> cards = IntStream.range(0, Cards.count()).mapToObj(card -> new DeviceName(DeviceName.Kind.CUDA, card)).toList();
        return new Devices(cards, true, described(cards));
    }

    /** @param position in the list: the number of a processor without one, since the same processor may well be several devices */
    private static DeviceName named(String part, int position) {
        DeviceName parsed = DeviceName.parse(part.strip().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> unavailable(part, "devices are auto, cpu, cuda, cuda:1, ..."));
        boolean numbered = parsed.kind() == DeviceName.Kind.CUDA || part.contains(":");
        DeviceName name = numbered ? parsed : new DeviceName(parsed.kind(), position);
        if (name.kind() == DeviceName.Kind.CUDA) {
            Cards.obstacle(name.number()).ifPresent(why -> {
                throw unavailable(part, why);
            });
        }
        return name;
    }

    private static UtterException.Failed unavailable(String part, String why) {
        return new UtterException.Failed("device_unavailable", "utter.device asks for " + part.strip() + ", but " + why, null);
    }
}
