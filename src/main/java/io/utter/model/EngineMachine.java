package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Cards;
import io.utter.model.ort.TensorRt;
import java.util.Optional;

/**
 * What a TensorRT engine is bound to, besides what was compiled.
 *
 * @param capability the card's compute capability, {@code 9.0}
 * @param tensorRt version of the libraries, {@code 10.14.1}
 */
public record EngineMachine(String capability, String tensorRt) {

    /**
     * This machine.
     *
     * @throws UtterException.Failed with the reason, if it has no such card or no TensorRT
     */
    public static EngineMachine of(int card) {
        Optional<String> noCard = Cards.obstacle(card);
        if (noCard.isPresent()) {
            throw new UtterException.Failed("device_unavailable", "engines are for a card, but " + noCard.get(), null);
        }
        Optional<String> noTensorRt = TensorRt.obstacle();
        if (noTensorRt.isPresent()) {
            throw new UtterException.Failed("tensorrt_unavailable", noTensorRt.get(), null);
        }
        return new EngineMachine(Cards.computeCapability(card), TensorRt.version());
    }
}
