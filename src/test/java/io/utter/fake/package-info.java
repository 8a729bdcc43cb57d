/** A speech service without models, whose streams do what a test tells them to. */
package io.utter.fake;
