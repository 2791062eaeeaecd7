/** Picture in, larger picture out. */
package io.esrgan.upscale;
