/**
 * How fast and how good: what the {@code bench} command measures on the machine it runs on.
 *
 * <p>Measures through the same classes that serve requests. A change here may add figures; names of figures are read by machines
 * ({@code --json}) and stay.
 */
package io.utter.bench;
