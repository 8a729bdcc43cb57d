/**
 * Who gets in. {@link io.utter.admission.AdmissionGate} gives every request a {@link io.utter.admission.Permit} or refuses it at once:
 * nothing ever waits here, since waiting is done in the engine's queue, which the gate only mirrors to know how long it would take.
 *
 * <p>Knows neither HTTP nor the engine. A change here must keep that every permit is given back once whatever happens, and that the
 * estimated wait never falls because somebody was let in, nor rises because somebody left.
 */
package io.utter.admission;
