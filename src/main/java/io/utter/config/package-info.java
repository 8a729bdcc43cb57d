/**
 * What an operator may set, with its meaning and default: {@link io.utter.config.UtterConfig}.
 *
 * <p>The same keys work for the server and for the command line, from the same sources. A change here adds a key with its Javadoc and
 * default, and a line in the README's table.
 */
package io.utter.config;
