/** Methods compared on sets of pictures: what the paper's tables and figures are made of. */
package io.esrgan.study;
