/**
 * The HTTP surface: resources that only translate, the strict reader of request bodies, streaming responses, and one problem body for
 * every error. The only package that knows HTTP. {@code ApiV2} and {@code Tts} begin the names of what clients of GPT-SoVITS's own server see.
 *
 * <p>A change here must keep four promises: a failure before the first chunk is an HTTP status, a failure after it a broken connection
 * (an error event where there are events) and never a clean end, a client that leaves cancels its stream at once, and every
 * permit is given back when its request has ended, however it did.
 */
package io.utter.api;
