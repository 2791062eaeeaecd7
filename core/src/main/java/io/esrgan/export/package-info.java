/** Networks in the formats of other programs. */
package io.esrgan.export;
