/** Words: which known one was meant. */
package io.esrgan.text;
