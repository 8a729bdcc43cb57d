/**
 * What is measured: every metric's name, meaning and buckets are declared in {@link io.utter.metrics.SpeechMetrics}, or for engines in
 * the monitor that it makes, nowhere else.
 *
 * <p>A change of a name here is one in {@code knative/monitoring/grafana-dashboard.json} too; a test compares the two.
 */
package io.utter.metrics;
