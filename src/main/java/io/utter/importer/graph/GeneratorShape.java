package io.utter.importer.graph;

import java.util.List;

/**
 * Layout of a HiFi-GAN generator, from the checkpoint's configuration.
 *
 * @param stages upsampling stages, first to last
 * @param blockKernels kernel size of each residual block of a stage
 * @param blockDilations dilations of each residual block
 */
public record GeneratorShape(List<Stage> stages, List<Integer> blockKernels, List<List<Integer>> blockDilations) {

    /** How many values on either side a value behind the residual blocks of a stage depends on. */
    public int contextOfBlocks() {
        int most = 0;
        for (int block = 0; block < blockKernels.size(); block++) {
            int reach = (blockKernels.get(block) - 1) / 2;
            most = Math.max(most, blockDilations.get(block).stream().mapToInt(dilation -> reach * (dilation + 1)).sum());
        }
        return most;
    }

    /**
     * A transposed convolution.
     *
     * @param rate how many values it makes of one
     * @param kernel kernel size
     */
    public record Stage(int rate, int kernel) {
        public int padding() {
            return (kernel - rate) / 2;
        }
    }
}
