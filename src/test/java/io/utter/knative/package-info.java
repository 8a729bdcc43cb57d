/** Knative around the server. */
package io.utter.knative;
