/** Safe tensors over libtorch; the only package that touches native memory. */
package io.esrgan.tensor;
