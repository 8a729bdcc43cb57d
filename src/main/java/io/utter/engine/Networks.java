package io.utter.engine;

import io.utter.model.TokenDecoder;

/** What the loops of an engine compute with; made anew when it is spoilt. */
interface Networks {

    /** Rows that the decode loop owns from then on. */
    TokenDecoder newDecoder();

    AcousticStage acoustic();

    /** Loads the transformer again; the old one's decoder has been closed. */
    void renewSemantic();

    /** Loads the acoustic networks again; nobody computes with the old ones. */
    void renewAcoustic();
}
