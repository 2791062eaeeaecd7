/** Training pictures: folders, crops in pairs of low and high resolution, augmentation, batches. */
package io.esrgan.data;
