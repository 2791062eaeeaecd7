/**
 * Pictures as people have them: reading, writing, colour, metadata, limits, and exact bicubic
 * resizing.
 */
package io.esrgan.image;
