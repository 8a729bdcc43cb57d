/**
 * Many listeners at one server: how soon, how steadily and how rightly it speaks under load.
 *
 * <p>A {@link io.utter.bench.load.ServerUnderTest} is a process of its own, started here or named by a URL. A {@code SpeechClient} asks it
 * over a bare socket, through which trailers and broken ends are seen as they are, and plays what comes to a {@code Playout} clock.
 * {@link io.utter.bench.load.LoadBenchmark} has as many of them as each {@link io.utter.bench.load.Load} says,
 * {@link io.utter.bench.load.Soak} has visitors that misbehave, {@link io.utter.bench.load.Storm} has all of them leave.
 * {@code SoloTakes} are what each answer must sound like. Nothing here knows the engine: only HTTP counts.
 *
 * <p>Names of figures are read by machines ({@code --json}) and stay; so do the texts and seeds of {@code Prompts}, so that runs compare.
 */
package io.utter.bench.load;
