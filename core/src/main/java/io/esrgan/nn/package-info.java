/**
 * What networks are made of: layers, their named parameters in one flat buffer, and the recorded
 * graph.
 */
package io.esrgan.nn;
