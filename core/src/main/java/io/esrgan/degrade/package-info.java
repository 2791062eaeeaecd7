/**
 * Degradations beyond bicubic: the second-order pipeline of Wang et al. 2021 (Real-ESRGAN).
 *
 * <p>Blur, resizing, noise and JPEG, twice, with a sinc filter at the end; every draw from dice
 * that depend on the seed, the step and the sample alone.
 */
package io.esrgan.degrade;
