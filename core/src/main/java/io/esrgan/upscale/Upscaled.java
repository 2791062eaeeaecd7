package io.esrgan.upscale;

import io.esrgan.exec.Plan;

/**
 * What became of a picture that was upscaled from file to file.
 *
 * @param width of the result
 * @param height of the result
 * @param consistency how well it agrees with its input, in decibels: {@link
 *     io.esrgan.metric.Consistency}
 * @param plan how the network went over the picture
 * @param repeatedStrips how many strips were computed again in float32, since they came out damaged
 */
public record Upscaled(int width, int height, double consistency, Plan plan, int repeatedStrips) {}
