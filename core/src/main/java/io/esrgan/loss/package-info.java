/** What training minimises. */
package io.esrgan.loss;
