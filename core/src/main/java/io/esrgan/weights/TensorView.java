package io.esrgan.weights;

import java.util.List;

/**
 * A tensor as torch describes it: a view of a storage.
 *
 * @param storage where the numbers lie
 * @param offset the place of the first, counted in numbers from the start of the storage
 * @param size the extents of the axes, outermost first
 * @param stride how far apart neighbours along each axis lie, counted in numbers
 */
record TensorView(StorageRef storage, long offset, List<Long> size, List<Long> stride) {}
