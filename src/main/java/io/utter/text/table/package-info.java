/**
 * How the languages' data files are read: small, sorted, searched in place, so that a process speaks milliseconds after it starts.
 * {@code tools/text-data/build.py} writes these files; a change of the format changes both.
 */
package io.utter.text.table;
