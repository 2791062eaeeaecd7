/** The command line: {@code esrgan}. */
package io.esrgan.cli;
