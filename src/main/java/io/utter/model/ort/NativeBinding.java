package io.utter.model.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** An {@code OrtIoBinding}: nothing is allocated, named or looked up again when it runs. */
final class NativeBinding implements Binding {
    private final Handle session;
    private final Handle binding;
    private final Handle options;

    /**
     * @param session stays the caller's
     * @param entries of the options of its runs
     */
    NativeBinding(Handle session, Map<String, Tensor> inputs, Map<String, Tensor> outputs, Map<String, String> entries) {
        this.session = session;
        this.options = new Handle(OrtApi.createRunOptions(), OrtApi::releaseRunOptions);
        entries.forEach((key, value) -> OrtApi.addRunConfigEntry(options.address(), key, value));
        this.binding = new Handle(OrtApi.createIoBinding(session.address()), OrtApi::releaseIoBinding);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = binding.address();
            inputs.forEach((name, tensor) -> OrtApi.bindInput(address, arena.allocateFrom(name), ((NativeTensor) tensor).value()));
            outputs.forEach((name, tensor) -> OrtApi.bindOutput(address, arena.allocateFrom(name), ((NativeTensor) tensor).value()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void run() {
        OrtApi.runWithBinding(session.address(), options.address(), binding.address());
    }

    @Override
    public void close() {
        options.close();
        binding.close();
    }
}
