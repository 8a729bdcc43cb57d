/** What tests of the server share: a speech service without models, whose streams do what a test tells them to, and a bare HTTP client. */
package io.utter.fake;
