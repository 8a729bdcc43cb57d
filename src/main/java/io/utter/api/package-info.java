/**
 * The HTTP surface: resources that only translate, the strict reader of request bodies, streaming responses, and one problem body for
 * every error. The only package that knows HTTP.
 *
 * <p>A change here must keep three promises: a failure before the first chunk is an HTTP status, a failure after it a broken connection
 * and never a clean end, and a client that leaves cancels its stream at once.
 */
package io.utter.api;
