/**
 * What Knative's autoscaler would do with a day of requests, and what that costs: {@link io.utter.bench.scale.Trace} says when requests come,
 * {@link io.utter.bench.scale.ServiceTimes} how long a pod like this machine takes for them, {@link io.utter.bench.scale.Autoscaler} when pods
 * come and go, and {@link io.utter.bench.scale.Simulation} puts them together. Rules as documented by Knative (spec/serving.md 1.2; its
 * autoscaling documentation); pods come and go at once but for the cold start.
 */
package io.utter.bench.scale;
