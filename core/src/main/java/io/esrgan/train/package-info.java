/** Training: recipes, steps, schedules, averages, checkpoints and the loop. */
package io.esrgan.train;
