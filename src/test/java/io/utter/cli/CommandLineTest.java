package io.utter.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import io.utter.speech.SpeechRequest;
import io.utter.testing.GoldenCases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

class CommandLineTest {
    private static final InputStream STDIN = System.in;

    private final FakeSpeechService service = new FakeSpeechService();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        System.setIn(STDIN);
    }

    @Test
    void sayWritesAWavFileAndOneLineAboutIt() throws Exception {
        Path file = folder.resolve("a.wav");
        assertEquals(0, run("say", "Hello", "-o", file.toString()));
        assertEquals(44 + 3 * 1000 * 2, Files.size(file));
        assertTrue(err.toString().matches(".*a\\.wav: 0\\.09 s of audio, first after \\d+ ms, real-time factor \\d+\\.\\d+\\R"), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void optionsReachTheService() throws Exception {
        assertEquals(0, run("say", "Hello", "-o", folder.resolve("a.wav").toString(), "--voice", "bob", "--model", "hum", "--speed", "1.25",
                "--seed", "-4", "--language", "en", "--top-k", "3"));
        SpeechRequest request = service.request();
        assertEquals("bob", request.voice());
        assertEquals("hum", request.model());
        assertEquals(1.25, request.speed());
        assertEquals(OptionalLong.of(-4), request.seed());
        assertEquals(3, request.topK().getAsInt());
    }

    @ParameterizedTest
    @CsvSource({"''", "-"})
    void textMayComeFromStandardInput(String argument) throws Exception {
        System.setIn(new ByteArrayInputStream("Grüße\n".getBytes(StandardCharsets.UTF_8)));
        String file = folder.resolve("a.wav").toString();
        assertEquals(0, argument.isEmpty() ? run("say", "-o", file) : run("say", argument, "-o", file));
        assertEquals("Grüße\n", service.request().input());
    }

    @Test
    void aStreamThatBreaksLeavesNoFileAndExitCode1() {
        service.next(Script.ofChunks(2).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        Path file = folder.resolve("a.wav");
        assertEquals(1, run("say", "Hello", "-o", file.toString()));
        assertFalse(Files.exists(file));
        assertEquals("utter: It broke.\n", err.toString());
    }

    @Test
    void aFolderThatIsNotThereIsExitCode1() {
        assertEquals(1, run("say", "Hello", "-o", folder.resolve("no/such/a.wav").toString()));
        assertTrue(err.toString().contains("no such file or folder"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @ParameterizedTest
    @CsvSource({
        "' ', --voice, ada, nothing to say",
        "Hello, --voice, nope, no such voice",
        "Hello, --model, nope, no such model",
        "Hello, --speed, 9, speed",
        "Hello, --speed, fast, --speed",
        "Hello, --speed, NaN, speed",
        "Hello, --top-k, 0, top_k",
        "Hello, --nope, 1, --nope",
    })
    void badInputIsOneLineAndExitCode2(String text, String option, String value, String mentioned) throws Exception {
        assertEquals(2, run("say", text, option, value, "-o", folder.resolve("a.wav").toString()));
        assertTrue(err.toString().contains(mentioned), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void bytesOnStandardInputThatAreNotUtf8AreBadInput() {
        System.setIn(new ByteArrayInputStream(new byte[] {'a', (byte) 0xFF}));
        assertEquals(2, run("say"));
    }

    @Test
    void voicesListsThem() {
        assertEquals(0, run("voices"));
        assertArrayEquals(new String[] {"VOICE", "ada", "bob"}, out.toString().lines().map(line -> line.split(" ")[0]).toArray());
    }

    @Test
    void everyCommandHasHelpAndAVersion() {
        CommandLine commands = Main.commandLine(config -> service);
        for (String name : commands.getSubcommands().keySet()) {
            assertEquals(0, run(name, "--help"), name);
            assertEquals(0, run(name, "--version"), name);
        }
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("serve") && out.toString().contains("import"), out.toString());
    }

    @Test
    void anUnknownCommandIsBadInput() {
        assertEquals(2, run("sing"));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void aPrecisionThatDoesNotExistOrCannotBeCheckedHereIsExitCode2() throws Exception {
        String[] command = {"import", "--gpt", GoldenCases.file("gpt/gpt-h128-v1.ckpt").toString(), "--sovits",
            GoldenCases.file("sovits/sovits-v1.pth").toString(), "--precision", "fp12"};
        assertEquals(2, run(command));
        assertTrue(err.toString().contains("fp32, fp16, bf16"), err.toString());
        String before = System.getProperty("utter.models");
        System.setProperty("utter.models", folder.toString());
        try {
            command[command.length - 1] = "bf16";
            assertEquals(2, run(command));
            assertEquals(1, err.toString().lines().filter(line -> line.startsWith("utter: bf16 cannot be run")).count(), err.toString());
        } finally {
            if (before == null) {
                System.clearProperty("utter.models");
            } else {
                System.setProperty("utter.models", before);
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    private int run(String... args) {
        return Main.commandLine(config -> service).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }
}
