/** Whole networks timed against bare loops over the same engine, in one interleaved run. */
package io.esrgan.bench;
