package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a pickle: a program for a stack machine that builds one value. This machine has the instructions that PyTorch's pickler
 * emits in protocols 2 to 5 for plain data and tensors, and refuses all others by name. It never recurses, and each instruction
 * allocates a few dozen bytes at most beside the text it carries, so that memory is bounded by {@link #MOST_BYTES} and
 * {@link #MOST_INSTRUCTIONS}.
 */
final class PickleMachine {
    /** A thousand tensors take about 100 kB. */
    private static final long MOST_BYTES = 8 << 20;
    /** A thousand tensors take about 26,000. */
    private static final int MOST_INSTRUCTIONS = 500_000;
    private static final int LONGEST_GLOBAL_NAME = 256;
    private static final int MOST_INTEGER_BYTES = 64;

    private final ByteView program;
    private final TorchObjects objects;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>(); // stack sizes at the open marks
    private final Map<Long, Object> memo = new HashMap<>();
    private long next;

    private PickleMachine(ByteView program, TorchObjects objects) {
        this.program = program;
        this.objects = objects;
    }

    /**
     * Runs a pickle to its end and hands out what it built, as plain data.
     *
     * @return what {@link PlainData} describes
     */
    static Object run(MemorySegment pickle, TorchObjects objects, PlainData.Budget budget) {
        if (pickle.byteSize() > MOST_BYTES) {
            throw new CheckpointException("too large: the description of the tensors takes " + pickle.byteSize() + " bytes");
        }
        return PlainData.of(new PickleMachine(new ByteView(pickle, "pickle"), objects).result(), budget);
    }

    private Object result() {
        if (program.u8(0) != Opcode.PROTO.code() || program.u8(1) < 2 || program.u8(1) > 5) {
            throw new CheckpointException("damaged: the description of the tensors is not a pickle of protocol 2 to 5");
        }
        next = 2;
        for (int executed = 0; executed < MOST_INSTRUCTIONS; executed++) {
            Opcode opcode = Opcode.of(program.u8(next++));
            if (opcode == Opcode.STOP) {
                return last();
            }
            execute(opcode);
        }
        throw new CheckpointException("too large: the pickle has more than " + MOST_INSTRUCTIONS + " instructions");
    }

    private Object last() {
        Object result = pop();
        if (!stack.isEmpty() || !marks.isEmpty() || next != program.size()) {
            throw new CheckpointException("damaged: the pickle goes on after its end");
        }
        return result;
    }

    private void execute(Opcode opcode) {
        switch (opcode) {
            case FRAME -> program.slice(next += 8, 0); // frames only help to buffer
            case NONE -> push(null);
            case NEWTRUE -> push(true);
            case NEWFALSE -> push(false);
            case BININT -> push((long) program.i32(advance(4)));
            case BININT1 -> push((long) program.u8(advance(1)));
            case BININT2 -> push((long) program.u16(advance(2)));
            case LONG1 -> push(integer(program.u8(advance(1))));
            case LONG4 -> push(integer(program.u32(advance(4))));
            case BINFLOAT -> push(program.bigEndianDouble(advance(8)));
            case SHORT_BINUNICODE -> push(text(program.u8(advance(1))));
            case BINUNICODE -> push(text(program.u32(advance(4))));
            case BINUNICODE8 -> push(text(program.u64(advance(8))));

            case MARK -> marks.push(stack.size());
            case EMPTY_TUPLE -> push(new TorchObjects.Tuple(List.of()));
            case TUPLE -> push(new TorchObjects.Tuple(popToMark()));
            case TUPLE1 -> push(new TorchObjects.Tuple(pop(1)));
            case TUPLE2 -> push(new TorchObjects.Tuple(pop(2)));
            case TUPLE3 -> push(new TorchObjects.Tuple(pop(3)));
            case EMPTY_LIST -> push(new ArrayList<>());
            case APPEND -> append(pop(1));
            case APPENDS -> append(popToMark());
            case EMPTY_DICT -> push(new LinkedHashMap<>());
            case SETITEM -> setItems(pop(2));
            case SETITEMS -> setItems(popToMark());

            case BINPUT -> memo.put((long) program.u8(advance(1)), top());
            case LONG_BINPUT -> memo.put(program.u32(advance(4)), top());
            case MEMOIZE -> memo.put((long) memo.size(), top());
            case BINGET -> push(remembered(program.u8(advance(1))));
            case LONG_BINGET -> push(remembered(program.u32(advance(4))));

            case GLOBAL -> push(PickleGlobal.named(line(), line()));
            case STACK_GLOBAL -> {
                List<Object> names = pop(2);
                if (!(names.getFirst() instanceof String module) || !(names.getLast() instanceof String name)) {
                    throw new CheckpointException("damaged: the pickle names a global by something that is not text");
                }
                push(PickleGlobal.named(module, name));
            }
            case BINPERSID -> push(objects.storage(pop()));
            case REDUCE -> {
                Object args = pop();
                push(objects.call(pop(), args));
            }
            case NEWOBJ -> {
                Object args = pop();
                push(objects.create(pop(), args));
            }
            case BUILD -> {
                Object state = pop();
                objects.build(top(), state);
            }
            default -> throw new CheckpointException("refused: pickle instruction " + opcode + " has no place in a checkpoint");
        }
    }

    // Operands

    /** Steps over an operand of the given length and tells where it was. */
    private long advance(int bytes) {
        next += bytes;
        return next - bytes;
    }

    private Object integer(long bytes) {
        if (bytes > MOST_INTEGER_BYTES) {
            throw new CheckpointException("too large: the pickle has a number of " + bytes + " bytes");
        }
        byte[] bigEndian = program.array(advance((int) bytes), (int) bytes);
        for (int i = 0; i < bigEndian.length / 2; i++) {
            byte low = bigEndian[i];
            bigEndian[i] = bigEndian[bigEndian.length - 1 - i];
            bigEndian[bigEndian.length - 1 - i] = low;
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : value;
    }

    private String text(long bytes) {
        program.slice(next, bytes); // fails unless the text is there
        return program.text(advance((int) bytes), (int) bytes);
    }

    private String line() {
        for (int length = 0; length < LONGEST_GLOBAL_NAME; length++) {
            if (program.u8(next + length) == '\n') {
                String line = program.text(next, length);
                next += length + 1;
                return line;
            }
        }
        throw new CheckpointException("damaged: the pickle names a global in more than " + LONGEST_GLOBAL_NAME + " characters");
    }

    private Object remembered(long key) {
        if (!memo.containsKey(key)) {
            throw new CheckpointException("damaged: the pickle refers to something it has not built");
        }
        return memo.get(key);
    }

    // The stack

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return pop(1).getFirst();
    }

    private List<Object> pop(int count) {
        return popFrom(stack.size() - count);
    }

    private List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw new CheckpointException("damaged: the pickle closes a group it has not opened");
        }
        return popFrom(marks.pop());
    }

    private List<Object> popFrom(int start) {
        refuseBelowMark(start);
        List<Object> tail = stack.subList(start, stack.size());
        List<Object> popped = new ArrayList<>(tail);
        tail.clear();
        return popped;
    }

    private Object top() {
        refuseBelowMark(stack.size() - 1);
        return stack.getLast();
    }

    private void refuseBelowMark(int start) {
        if (start < (marks.isEmpty() ? 0 : marks.peek())) {
            throw new CheckpointException("damaged: the pickle takes more from its stack than it has put there");
        }
    }

    private void append(List<Object> items) {
        if (!(top() instanceof ArrayList<?>)) {
            throw new CheckpointException("damaged: the pickle appends to something that is not a list");
        }
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) top();
        list.addAll(items);
    }

    /** Keys are text, or numbers that become text; training states have such. */
    private void setItems(List<Object> items) {
        if (!(top() instanceof LinkedHashMap<?, ?>) || items.size() % 2 != 0) {
            throw new CheckpointException("damaged: the pickle puts entries into something that is not a dictionary");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String || key instanceof Long)) {
                String type = key == null ? "None" : key.getClass().getSimpleName();
                throw new CheckpointException("refused: a dictionary key that is neither text nor a number: " + quoted(type));
            }
            map.put(key.toString(), items.get(i + 1)); // one type of key: a map sorts out equal hashes of comparable keys fast
        }
    }
}
