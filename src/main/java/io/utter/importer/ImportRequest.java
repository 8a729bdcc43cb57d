package io.utter.importer;

import io.utter.importer.checkpoint.ModelVersion;
import io.utter.importer.graph.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to make a bundle of.
 *
 * @param gpt the {@code .ckpt} file
 * @param sovits the {@code .pth} file
 * @param name the bundle's id
 * @param version what the SoVITS file is, where the caller knows better than its bytes tell
 * @param hubert folder of the content encoder, which makes prompts of recordings
 * @param bert folder of the text encoder, which gives Mandarin its text features
 * @param speaker file of the speaker network, which the Pro generations need to make voices of recordings
 * @param voices the bundle's voices
 * @param attachments files to put beside the graphs: model card, licences
 * @param compact whether weights are kept as fp16 where that loses nothing, and unpacked: a quarter of the size, a slower start, more memory
 * @param precision of the products of its networks
 * @param forcePrecision whether a reduced precision is taken even if it is measurably worse
 * @param replace whether a bundle of that name may be replaced
 */
public record ImportRequest(Path gpt, Path sovits, String name, Optional<ModelVersion> version, Optional<Path> hubert, Optional<Path> bert,
        Optional<Path> speaker, List<Reference> voices,
        List<Path> attachments, boolean compact, Precision precision, boolean forcePrecision, boolean replace) {

    /**
     * A reference recording that becomes a voice.
     *
     * @param id the voice's id
     * @param name for people
     * @param language code of the language it speaks by default
     * @param recording its file
     * @param transcript what is said in it
     * @param tokens its semantic tokens, where they are known already
     */
    public record Reference(String id, String name, String language, Path recording, Optional<String> transcript,
            Optional<int[]> tokens) {}
}
