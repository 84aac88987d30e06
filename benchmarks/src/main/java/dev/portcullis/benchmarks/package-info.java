/** Servers side by side under the same load: what a governed call costs beside a bare one. */
package dev.portcullis.benchmarks;
