/**
 * The command line: {@code serve}, {@code say}, {@code voices} and whatever else hangs under {@link io.utter.cli.UtterCommand}.
 *
 * <p>Only {@code serve} boots Quarkus; the others read the same configuration and speak through the same
 * {@link io.utter.speech.SpeechService}. Results go to standard output, everything else to standard error. Exit codes are 0, 1 (failed)
 * and 2 (bad input); {@link io.utter.cli.ExitCodes} decides which, and writes the one line that says why.
 */
package io.utter.cli;
