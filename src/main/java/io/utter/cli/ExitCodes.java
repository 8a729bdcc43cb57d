package io.utter.cli;

import io.utter.error.UtterException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Every failure of a command to one line on standard error and an exit code. {@code UTTER_DEBUG=1} adds the stack trace. */
final class ExitCodes implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        say(command, "%s. See: %s --help".formatted(withoutFullStop(failure.getMessage()), command.getCommandSpec().qualifiedName()));
        return BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        say(command, message(failure));
        if (System.getenv("UTTER_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        return of(failure);
    }

    private static int of(Exception failure) {
        return switch (failure) {
            case UtterException.InvalidInput _, UtterException.NotFound _ -> BAD_INPUT;
            default -> FAILED;
        };
    }

    private static String message(Exception failure) {
        return switch (failure) {
            case UtterException e -> e.getMessage();
            case InterruptedException _, ClosedByInterruptException _ -> "interrupted";
            case NoSuchFileException e -> e.getFile() + ": no such file or folder";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileSystemException e -> e.getFile() + ": " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
            case IOException e when e.getMessage() != null -> e.getMessage();
            default -> "unexpected failure: " + failure + " (UTTER_DEBUG=1 shows where)";
        };
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println("utter: " + message.lines().findFirst().orElse("failed"));
        command.getErr().flush();
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
