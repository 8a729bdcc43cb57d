/**
 * Speech as bytes while it is being made: the formats that callers may ask for, each with the rates it can hold and an encoder that gives out
 * what is ready after every chunk.
 */
package io.utter.audio.encoder;
