/** Random numbers that depend on what they are for. */
package io.esrgan.random;
