package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pickles: plain data comes out, nothing else gets in. */
class HostilePicklesTest {
    private static final PlainData.Budget BUDGET = PlainData.Budget.forFile(1000);

    @Test
    void plainValuesComeOutAsTheyWentIn() {
        Map<String, Object> value = Map.of("none", List.of(), "numbers", List.of(1L, -2L, 0.5, Long.MIN_VALUE), "flag", true,
                "text", "日本");
        assertEquals(value, run(PickleWriter.of(value)));
        assertNull(run(new PickleWriter().op(Opcode.NONE).stop()));
    }

    @Test
    void longNumbersAreKept() {
        byte[] pickle = new PickleWriter().op(Opcode.LONG1).raw(9, 0, 0, 0, 0, 0, 0, 0, 0, 1).stop();
        assertEquals(BigInteger.ONE.shiftLeft(64), run(pickle));
        assertEquals(0L, run(new PickleWriter().op(Opcode.LONG1).raw(0).stop()));
    }

    @Test
    void keysThatAreNumbersBecomeText() {
        assertEquals(Map.of("7", "x"), run(PickleWriter.of(Map.of(7, "x"))));
    }

    @Test
    void objectsOfClassHParamsAreMaps() {
        byte[] pickle = new PickleWriter().global("utils", "HParams").op(Opcode.EMPTY_TUPLE, Opcode.NEWOBJ)
                .value(Map.of("n", 3)).op(Opcode.BUILD).stop();
        assertEquals(Map.of("n", 3L), run(pickle));
    }

    @Test
    void attributesOfAnOrderedDictAreDropped() {
        byte[] pickle = new PickleWriter().global("collections", "OrderedDict").op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                .value("a").value(1).op(Opcode.SETITEM).value(Map.of("_metadata", 2)).op(Opcode.BUILD).stop();
        assertEquals(Map.of("a", 1L), run(pickle));
    }

    @ParameterizedTest
    @CsvSource({"pathlib,PosixPath,a/b", "pathlib,WindowsPath,a\\b", "pathlib._local,PosixPath,a/b", "pathlib,PurePosixPath,a/b"})
    void pathsAreText(String module, String name, String expected) {
        byte[] pickle = new PickleWriter().global(module, name).value("a").value("b").op(Opcode.TUPLE2, Opcode.REDUCE).stop();
        assertEquals(expected, run(pickle));
    }

    @Test
    void absolutePathsKeepTheirRoot() {
        byte[] pickle = new PickleWriter().global("pathlib", "PosixPath").value("/").value("b").op(Opcode.TUPLE2, Opcode.REDUCE).stop();
        assertEquals("/b", run(pickle));
    }

    @ParameterizedTest
    @CsvSource({"os,system", "posix,system", "builtins,eval", "subprocess,Popen", "torch,load", "torch.storage,_load_from_bytes",
        "utils,HParams2", "torch,HalfStorage.x", "numpy.core.multiarray,_reconstruct", "torch._utils,_rebuild_tensor"})
    void globalsOffTheListAreRefusedByName(String module, String name) {
        assertRefused("'" + module + "." + name + "'", () -> run(new PickleWriter().global(module, name)
                .value("echo").op(Opcode.TUPLE1, Opcode.REDUCE).stop()));
        assertRefused("'" + module + "." + name + "'", () -> run(new PickleWriter().value(module).value(name)
                .op(Opcode.STACK_GLOBAL).stop()));
    }

    @ParameterizedTest
    @EnumSource(names = {"INST", "OBJ", "EXT1", "EXT2", "EXT4", "NEWOBJ_EX", "PERSID", "POP", "POP_MARK", "DUP", "GET", "PUT", "INT",
        "FLOAT", "LONG", "STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "LIST", "DICT", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", 
        "EMPTY_SET", "ADDITEMS", "FROZENSET", "BYTEARRAY8", "NEXT_BUFFER", "READONLY_BUFFER", "PROTO"})
    void instructionsThatNoCheckpointNeedsAreRefusedByName(Opcode opcode) {
        assertRefused("pickle instruction " + opcode + " ", () -> run(new PickleWriter().op(opcode).stop()));
    }

    @Test
    void unknownInstructionsAreRefused() {
        assertRefused("0xff is no pickle instruction", () -> run(new PickleWriter().raw(0xff).stop()));
    }

    @Test
    void allowedGlobalsDoOnlyWhatTheyAreFor() {
        assertRefused("calls something", () -> run(new PickleWriter().global("collections", "OrderedDict").value("x").op(Opcode.TUPLE1,
                Opcode.REDUCE).stop()));
        assertRefused("calls something", () -> run(new PickleWriter().global("utils", "HParams").op(Opcode.EMPTY_TUPLE, Opcode.REDUCE)
                .stop()));
        assertRefused("calls something", () -> run(new PickleWriter().value("text").op(Opcode.EMPTY_TUPLE, Opcode.REDUCE).stop()));
        assertRefused("makes an object", () -> run(new PickleWriter().global("torch._utils", "_rebuild_tensor_v2").op(Opcode.EMPTY_TUPLE,
                Opcode.NEWOBJ).stop()));
        assertRefused("sets the state", () -> run(new PickleWriter().value("text").value(Map.of()).op(Opcode.BUILD).stop()));
        assertRefused("not made of names", () -> run(new PickleWriter().global("pathlib", "Path").value(1).op(Opcode.TUPLE1,
                Opcode.REDUCE).stop()));
        assertRefused("a class or storage", () -> run(new PickleWriter().global("utils", "HParams").stop()));
    }

    @Test
    void containersThatContainThemselvesAreRefused() {
        assertRefused("contains itself", () -> run(new PickleWriter().op(Opcode.EMPTY_LIST).put(0).get(0).op(Opcode.APPEND).stop()));
        assertRefused("contains itself", () -> run(new PickleWriter().op(Opcode.EMPTY_DICT).put(0).value("me").get(0)
                .op(Opcode.SETITEM).stop()));
        assertRefused("contains itself", () -> run(new PickleWriter().op(Opcode.EMPTY_LIST).put(0).get(0).op(Opcode.TUPLE1, Opcode.APPEND)
                .stop()));
    }

    @Test
    void deepNestingIsRefusedWithoutOverflow() {
        PickleWriter pickle = new PickleWriter().op(Opcode.EMPTY_TUPLE);
        for (int i = 0; i < 100_000; i++) {
            pickle.op(Opcode.TUPLE1);
        }
        assertRefused("nested more than 64 deep", () -> run(pickle.stop()));
    }

    @Test
    void sharedContainersCannotMultiplyWithoutEnd() {
        PickleWriter pickle = new PickleWriter().op(Opcode.MARK).value("lol").put(0);
        for (int i = 0; i < 40; i++) {
            pickle.op(Opcode.EMPTY_LIST, Opcode.MARK);
            for (int copy = 0; copy < 10; copy++) {
                pickle.get(i);
            }
            pickle.op(Opcode.APPENDS).put(i + 1);
        }
        byte[] bytes = pickle.op(Opcode.TUPLE).stop();
        assertRefused("more than 200000 values", () -> run(bytes));
    }

    @Test
    void tooManyInstructionsAreRefused() {
        byte[] pickle = new byte[600_000];
        Arrays.fill(pickle, (byte) Opcode.NONE.code());
        pickle[0] = (byte) Opcode.PROTO.code();
        pickle[1] = 2;
        assertRefused("more than 500000 instructions", () -> run(pickle));
    }

    @Test
    void largePicklesAreRefused() {
        assertRefused("too large", () -> run(new byte[9 << 20]));
    }

    @Test
    void lengthsBeyondThePickleAreRefused() {
        assertRefused("ends early", () -> run(new PickleWriter().op(Opcode.BINUNICODE).u32(0xffff_ffffL).stop()));
        assertRefused("ends early", () -> run(new PickleWriter().op(Opcode.BINUNICODE8).u32(-1).u32(0x7fff_ffff).stop()));
        assertRefused("impossible size", () -> run(new PickleWriter().op(Opcode.BINUNICODE8).u32(-1).u32(-1).stop()));
        assertRefused("a number of 4294967295 bytes", () -> run(new PickleWriter().op(Opcode.LONG4).u32(-1).stop()));
        assertRefused("more than 256 characters", () -> run(new PickleWriter().op(Opcode.GLOBAL).value("x".repeat(300)).stop()));
        assertRefused("ends early", () -> run(new PickleWriter().op(Opcode.BININT).raw(1).stop()));
    }

    @Test
    void theStackCannotBeUnderrun() {
        assertRefused("takes more from its stack", () -> run(new PickleWriter().op(Opcode.TUPLE2).stop()));
        assertRefused("takes more from its stack", () -> run(new PickleWriter().stop()));
        assertRefused("takes more from its stack", () -> run(new PickleWriter().value(1).op(Opcode.MARK, Opcode.TUPLE1).stop()));
        assertRefused("takes more from its stack", () -> run(new PickleWriter().put(1).stop()));
        assertRefused("closes a group", () -> run(new PickleWriter().op(Opcode.TUPLE).stop()));
        assertRefused("has not built", () -> run(new PickleWriter().get(7).stop()));
    }

    @Test
    void entriesGoIntoDictionariesAndItemsIntoLists() {
        assertRefused("not a dictionary", () -> run(new PickleWriter().op(Opcode.EMPTY_LIST).value(1).value(2).op(Opcode.SETITEM).stop()));
        assertRefused("not a list", () -> run(new PickleWriter().op(Opcode.EMPTY_DICT).value(1).op(Opcode.APPEND).stop()));
        assertRefused("not a dictionary", () -> run(new PickleWriter().op(Opcode.EMPTY_DICT, Opcode.MARK).value(1).op(Opcode.SETITEMS)
                .stop()));
        assertRefused("dictionary key", () -> run(new PickleWriter().op(Opcode.EMPTY_DICT, Opcode.EMPTY_TUPLE).value(2).op(Opcode.SETITEM)
                .stop()));
    }

    @Test
    void nothingFollowsTheEnd() {
        assertRefused("goes on after its end", () -> run(new PickleWriter().value(1).value(2).stop()));
        byte[] pickle = PickleWriter.of(1);
        assertRefused("goes on after its end", () -> run(Arrays.copyOf(pickle, pickle.length + 1)));
    }

    @Test
    void otherProtocolsAreRefused() {
        byte[] pickle = PickleWriter.of(1);
        pickle[1] = 6;
        assertRefused("not a pickle of protocol 2 to 5", () -> run(pickle));
        assertRefused("ends early", () -> run(new byte[0]));
    }

    private static Object run(byte[] pickle) {
        TorchObjects noStorages = new TorchObjects(key -> {
            throw new CheckpointException("no storage " + key);
        });
        return PickleMachine.run(MemorySegment.ofArray(pickle), noStorages, BUDGET);
    }
}
