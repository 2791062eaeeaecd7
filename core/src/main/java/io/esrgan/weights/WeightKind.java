package io.esrgan.weights;

/** What the weights in a file are for; {@link Detection} tells it from their names. */
public enum WeightKind {
  RRDB(Role.RUNS, "an RRDB generator (ESRGAN)"),
  RESIDUAL(Role.RUNS, "RRDBNet with residual blocks (of ESRGAN's ablation)"),
  SRVGG(Role.RUNS, "SRVGGNetCompact (Real-ESRGAN's small networks)"),
  RCAN(Role.RUNS, "RCAN"),
  EDSR(Role.RUNS, "EDSR"),
  MSRRESNET(Role.RUNS, "MSRResNet"),
  SRRESNET(Role.RUNS, "SRResNet"),
  SRCNN(Role.RUNS, "SRCNN"),
  ENHANCENET(Role.RUNS, "EnhanceNet"),
  SWINIR(Role.LATER, "SwinIR"),
  HAT(Role.LATER, "HAT"),
  VGG_DISCRIMINATOR(Role.JUDGES, "a VGG-style discriminator"),
  OLD_VGG_DISCRIMINATOR(Role.JUDGES, "a VGG-style discriminator (old ESRGAN, SRGAN)"),
  UNET_DISCRIMINATOR(
      Role.JUDGES, "a U-Net discriminator with spectral normalisation (Real-ESRGAN)"),
  VGG19(Role.TRAINING, "VGG19, a classifier"),
  VGG19_BN(Role.TRAINING, "VGG19 with batch normalisation, a classifier"),
  VGG16(Role.TRAINING, "VGG16, a classifier"),
  SQUEEZENET(Role.TRAINING, "SqueezeNet, a classifier"),
  ALEXNET(Role.TRAINING, "AlexNet, a classifier"),
  LPIPS(Role.TRAINING, "the linear layers of LPIPS, a measure of likeness"),
  TRAINING_STATE(Role.TRAINING, "the state of an optimizer"),
  UNKNOWN(Role.UNKNOWN, "weights of a kind that is not recognised");

  /** What can be done with such weights. */
  private enum Role {
    RUNS,
    LATER,
    JUDGES,
    TRAINING,
    UNKNOWN
  }

  private final Role role;
  private final String title;

  WeightKind(Role role, String title) {
    this.role = role;
    this.title = title;
  }

  /** What people call it, to stand after "holds": {@code a VGG-style discriminator}. */
  public String title() {
    return title;
  }

  /** Whether such weights enlarge pictures. */
  public boolean isGenerator() {
    return role == Role.RUNS;
  }

  /** Whether such weights judge pictures, real or made, while a generator is trained. */
  public boolean isDiscriminator() {
    return role == Role.JUDGES;
  }

  /** Why such weights, from a file of these names, cannot judge pictures, and what to do. */
  String judgesNothing(StateDict weights) {
    return switch (role) {
      case JUDGES -> throw new IllegalStateException(title + " can judge pictures");
      case RUNS, LATER, TRAINING ->
          "holds %s, which judges no pictures; name the discriminator's file, often called net_d"
              .formatted(title);
      case UNKNOWN ->
          "holds %s: %s; name a discriminator".formatted(title, Quote.some(weights.names()));
    };
  }

  /** Why such weights, from a file of these names, cannot enlarge pictures, and what to do. */
  String refusal(StateDict weights) {
    return switch (role) {
      case RUNS -> throw new IllegalStateException(title + " can enlarge pictures");
      case LATER ->
          "holds %s, which this version does not run yet; name an ESRGAN model".formatted(title);
      case JUDGES, TRAINING ->
          "holds %s, which serves training or measuring and enlarges nothing; name the generator's"
                  .formatted(title)
              + " file, often called net_g";
      case UNKNOWN ->
          "holds %s: %s; name an ESRGAN model".formatted(title, Quote.some(weights.names()));
    };
  }
}
