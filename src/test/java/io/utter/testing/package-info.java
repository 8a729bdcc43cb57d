/**
 * What tests of several packages share: the golden cases ({@link io.utter.testing.GoldenCases}) and the tensor files they
 * are stored in ({@link io.utter.testing.Safetensors}); a {@link io.utter.testing.Browser} for the page; and the packaged server as a
 * {@link io.utter.testing.ServerProcess}.
 */
package io.utter.testing;
