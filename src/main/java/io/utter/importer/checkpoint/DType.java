package io.utter.importer.checkpoint;

/** Element type of a stored tensor. */
public enum DType {
    F16("HalfStorage", 2),
    BF16("BFloat16Storage", 2),
    F32("FloatStorage", 4),
    F64("DoubleStorage", 8),
    I64("LongStorage", 8),
    I32("IntStorage", 4),
    I16("ShortStorage", 2),
    I8("CharStorage", 1),
    U8("ByteStorage", 1),
    BOOL("BoolStorage", 1);

    private final String torchStorage;
    private final int bytes;

    DType(String torchStorage, int bytes) {
        this.torchStorage = torchStorage;
        this.bytes = bytes;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether the values are whole numbers; {@code BOOL} counts as 0 and 1. */
    public boolean isInteger() {
        return switch (this) {
            case F16, BF16, F32, F64 -> false;
            case I64, I32, I16, I8, U8, BOOL -> true;
        };
    }

    /** Name of the class in module {@code torch} that marks a storage of this type. */
    String torchStorage() {
        return torchStorage;
    }
}
