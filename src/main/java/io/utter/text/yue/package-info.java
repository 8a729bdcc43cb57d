/**
 * Cantonese: {@link io.utter.text.yue.CantoneseFrontEnd}. Text is put into words as Mandarin's is, in simplified characters; the longest words
 * of ToJyutping's table give the readings.
 */
package io.utter.text.yue;
