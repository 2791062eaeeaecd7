/**
 * Weight files, read without executing anything in them: safetensors, PyTorch's {@code .pth},
 * ncnn's, the key layouts of ESRGAN generators, and what a file is when it is not one.
 */
package io.esrgan.weights;
