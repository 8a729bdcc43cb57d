/** What the orchestrator is told: {@code /q/health/started}, {@code /ready} and {@code /live}, all read from the server's phase. */
package io.utter.health;
