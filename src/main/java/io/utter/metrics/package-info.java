/**
 * What is measured: every metric's name, meaning and buckets are declared in {@link io.utter.metrics.SpeechMetrics}, nowhere else.
 */
package io.utter.metrics;
