package io.utter.importer.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * The part of a SoVITS file's configuration that inference needs (spec section 1.3). Widths that upstream hard-codes are not in it:
 * take them from tensor shapes.
 */
public record SovitsConfig(Data data, Model model) {
    /**
     * Audio parameters.
     *
     * @param samplingRate in Hz; what the v1 and v2 decoders make, and what reference spectrograms are computed at
     * @param filterLength samples in a Fourier transform
     * @param hopLength samples from frame to frame
     * @param winLength samples in a window
     * @param speakers upstream's {@code n_speakers}; not used in inference
     */
    public record Data(int samplingRate, int filterLength, int hopLength, int winLength, int speakers) {}

    /**
     * Network dimensions.
     *
     * @param resblock "1" or "2": kind of residual block in the generator
     * @param resblockDilationSizes one list per entry of {@code resblockKernelSizes}
     * @param upsampleRates one per stage of the generator; their product is samples per latent frame
     * @param upsampleKernelSizes one per entry of {@code upsampleRates}
     * @param ginChannels width of the style vector
     */
    public record Model(int interChannels, int hiddenChannels, int filterChannels, int heads, int layers, int kernelSize, String resblock,
            List<Integer> resblockKernelSizes, List<List<Integer>> resblockDilationSizes, List<Integer> upsampleRates,
            int upsampleInitialChannel, List<Integer> upsampleKernelSizes, int ginChannels) {}

    static SovitsConfig of(Map<?, ?> root) {
        ConfigSection config = ConfigSection.of(root);
        ConfigSection data = config.section("data");
        ConfigSection model = config.section("model");
        SovitsConfig read = new SovitsConfig(
                new Data(data.size("sampling_rate"), data.size("filter_length"), data.size("hop_length"), data.size("win_length"),
                        data.size("n_speakers")),
                new Model(model.size("inter_channels"), model.size("hidden_channels"), model.size("filter_channels"), model.size("n_heads"),
                        model.size("n_layers"), model.size("kernel_size"), model.text("resblock"), model.sizes("resblock_kernel_sizes"),
                        model.sizeLists("resblock_dilation_sizes"), model.sizes("upsample_rates"),
                        model.size("upsample_initial_channel"), model.sizes("upsample_kernel_sizes"), model.size("gin_channels")));
        return read.checked();
    }

    private SovitsConfig checked() {
        if (model.resblockDilationSizes.size() != model.resblockKernelSizes.size()) {
            throw new CheckpointException("unusable: config.model has %d resblock_kernel_sizes and %d resblock_dilation_sizes"
                    .formatted(model.resblockKernelSizes.size(), model.resblockDilationSizes.size()));
        }
        if (model.upsampleKernelSizes.size() != model.upsampleRates.size()) {
            throw new CheckpointException("unusable: config.model has %d upsample_rates and %d upsample_kernel_sizes"
                    .formatted(model.upsampleRates.size(), model.upsampleKernelSizes.size()));
        }
        return this;
    }
}
