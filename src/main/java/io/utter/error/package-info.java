/**
 * Every error a caller can see, as one closed hierarchy ({@link io.utter.error.UtterException}).
 *
 * <p>Any package may throw one; {@code api} alone turns them into HTTP statuses and {@code cli} alone into exit codes.
 * A change here adds a kind of failure: give it a stable code, and map it in those two places.
 */
package io.utter.error;
