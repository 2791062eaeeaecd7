package io.esrgan.train;

import io.esrgan.model.Discriminator;

/**
 * The discriminator of a GAN stage.
 *
 * @param rateFactor its learning rate over the generator's
 */
record Opponent(Discriminator network, Learner learner, double rateFactor, Balance balance) {}
