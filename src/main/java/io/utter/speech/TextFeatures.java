package io.utter.speech;

import io.utter.model.Manifest;
import io.utter.text.Language;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import io.utter.voice.PretrainedModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text features of the sentences that a bundle's voices speak: each Mandarin character's, for every phone it makes; all others are zero
 * (spec 2.5). Those of sentences spoken before are remembered. Safe for use by many threads.
 */
final class TextFeatures {
    private static final int MOST_REMEMBERED = 64;
    /** The network knows no more places, two of which are marks. */
    private static final int MOST_CHARACTERS = 510;

    private final Manifest manifest;
    private final PretrainedModels pretrained;
    private final Map<String, float[]> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    TextFeatures(Manifest manifest, PretrainedModels pretrained) {
        this.manifest = manifest;
        this.pretrained = pretrained;
    }

    /** [phones, featureWidth], row by row; empty if they are all zero. */
    float[] of(Sentence sentence) {
        boolean any = manifest.textNetwork().isPresent() && sentence.segments().stream().anyMatch(TextFeatures::hasFeatures);
        if (!any) {
            return new float[0];
        }
        int width = manifest.semantic().featureWidth();
        int phones = sentence.segments().stream().mapToInt(segment -> segment.phones().size()).sum();
        float[] features = new float[phones * width];
        int phone = 0;
        List<Segment> segments = sentence.segments();
        for (int i = 0; i < segments.size(); ) {
            if (!hasFeatures(segments.get(i))) {
                phone += segments.get(i++).phones().size();
                continue;
            }
            // Neighbours, which a marked word has divided, are read as one.
            int end = i;
            StringBuilder text = new StringBuilder();
            while (end < segments.size() && hasFeatures(segments.get(end))) {
                text.append(segments.get(end++).normalized());
            }
            float[] read = read(text.toString());
            int character = 0;
            for (; i < end; i++) {
                for (int count : segments.get(i).phonesPerCharacter()) {
                    for (int n = 0; n < count; n++) {
                        if ((character + 1) * width <= read.length) {
                            System.arraycopy(read, character * width, features, phone * width, width);
                        }
                        phone++;
                    }
                    character++;
                }
            }
        }
        return features;
    }

    private static boolean hasFeatures(Segment segment) {
        return segment.language() == Language.MANDARIN && !segment.phonesPerCharacter().isEmpty();
    }

    private float[] read(String text) {
        String characters = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        synchronized (remembered) {
            float[] known = remembered.get(characters);
            if (known != null) {
                return known;
            }
        }
        float[] features = pretrained.textFeatures(manifest.textNetwork().orElseThrow(), characters);
        synchronized (remembered) {
            remembered.put(characters, features);
        }
        return features;
    }
}
