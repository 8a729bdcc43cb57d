package io.utter.importer.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes pickles for tests, honest and hostile ones: plain values in bulk, anything else one instruction at a time. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        op(Opcode.PROTO).raw(2);
    }

    PickleWriter op(Opcode... opcodes) {
        for (Opcode opcode : opcodes) {
            out.write(opcode.code());
        }
        return this;
    }

    PickleWriter raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    PickleWriter u32(long value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
        return this;
    }

    PickleWriter global(String module, String name) {
        op(Opcode.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleWriter put(int key) {
        return op(Opcode.LONG_BINPUT).u32(key);
    }

    PickleWriter get(int key) {
        return op(Opcode.LONG_BINGET).u32(key);
    }

    PickleWriter value(Object value) {
        switch (value) {
            case null -> op(Opcode.NONE);
            case Boolean b -> op(b ? Opcode.NEWTRUE : Opcode.NEWFALSE);
            case Integer i -> value((long) i);
            case Long l -> {
                op(Opcode.LONG1).raw(Long.BYTES);
                out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(l).array());
            }
            case Double d -> {
                op(Opcode.BINFLOAT);
                out.writeBytes(ByteBuffer.allocate(8).putDouble(d).array());
            }
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                op(Opcode.BINUNICODE).u32(utf8.length);
                out.writeBytes(utf8);
            }
            case long[] numbers -> {
                op(Opcode.MARK);
                for (long number : numbers) {
                    value(number);
                }
                op(Opcode.TUPLE);
            }
            case List<?> items -> {
                op(Opcode.EMPTY_LIST, Opcode.MARK);
                items.forEach(this::value);
                op(Opcode.APPENDS);
            }
            case Map<?, ?> entries -> {
                op(Opcode.EMPTY_DICT, Opcode.MARK);
                entries.forEach((key, item) -> value(key).value(item));
                op(Opcode.SETITEMS);
            }
            case Tensor tensor -> tensor(tensor);
            default -> throw new IllegalArgumentException(value.toString());
        }
        return this;
    }

    /** A tensor as {@code torch.save} describes it. */
    record Tensor(DType dtype, String key, long storageLength, long offset, long[] shape, long[] strides) {
        /** In C order, filling its storage. */
        static Tensor contiguous(DType dtype, String key, long... shape) {
            long[] strides = new long[shape.length];
            long count = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                strides[axis] = count;
                count *= shape[axis];
            }
            return new Tensor(dtype, key, count, 0, shape, strides);
        }
    }

    private void tensor(Tensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2").op(Opcode.MARK);
        op(Opcode.MARK).value("storage").global("torch", tensor.dtype.torchStorage()).value(tensor.key).value("cpu")
                .value(tensor.storageLength).op(Opcode.TUPLE, Opcode.BINPERSID);
        value(tensor.offset).value(tensor.shape).value(tensor.strides).value(false);
        global("collections", "OrderedDict").op(Opcode.EMPTY_TUPLE, Opcode.REDUCE);
        op(Opcode.TUPLE, Opcode.REDUCE);
    }

    byte[] stop() {
        op(Opcode.STOP);
        return out.toByteArray();
    }

    /** The pickle of one value. */
    static byte[] of(Object value) {
        return new PickleWriter().value(value).stop();
    }
}
