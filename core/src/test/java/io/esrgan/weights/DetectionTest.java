package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {
  @ParameterizedTest
  @CsvSource({
    // What it is, then some of its names as published files have them
    "RRDB, conv_first.weight body.0.rdb1.conv1.weight conv_body.weight",
    "RRDB, model.0.weight model.1.sub.0.RDB1.conv1.0.weight",
    "RRDB, conv_first.weight RRDB_trunk.0.RDB1.conv1.weight trunk_conv.weight",
    "UNET_DISCRIMINATOR, conv0.weight conv1.weight_orig conv1.weight_u conv9.weight conv9.bias",
    "UNET_DISCRIMINATOR, conv0.weight conv1.parametrizations.weight.original conv9.weight",
    "VGG_DISCRIMINATOR, conv0_0.weight conv0_1.weight bn0_1.weight linear1.weight linear2.weight",
    "OLD_VGG_DISCRIMINATOR, features.0.weight features.2.weight features.3.weight"
        + " classifier.0.weight classifier.2.weight",
    "VGG19, features.0.weight features.2.weight features.28.weight features.34.weight"
        + " classifier.0.weight classifier.3.weight",
    "VGG19, features.0.weight features.28.weight features.34.weight",
    "VGG19_BN, features.0.weight features.1.weight features.28.weight features.49.weight",
    "VGG16, features.0.weight features.24.weight features.28.weight classifier.6.weight",
    "ALEXNET, features.0.weight features.3.weight features.6.weight features.10.weight",
    "SQUEEZENET, features.0.weight features.3.squeeze.weight features.3.expand1x1.weight",
    "LPIPS, lin0.model.1.weight lin1.model.1.weight lin4.model.1.weight",
    "RCAN, head.0.weight body.0.body.0.body.0.weight body.0.body.0.body.3.conv_du.0.weight",
    "RCAN, conv_first.weight body.0.residual_group.0.rcab.0.weight conv_after_body.weight",
    "EDSR, sub_mean.weight head.0.weight body.0.body.0.weight tail.1.weight",
    "EDSR, conv_first.weight body.0.conv1.weight conv_after_body.weight conv_last.weight",
    "MSRRESNET, conv_first.weight body.0.conv1.weight upconv1.weight conv_last.weight",
    "MSRRESNET, conv_first.weight recon_trunk.0.conv1.weight upconv1.weight conv_last.weight",
    "SRRESNET, model.0.weight model.1.sub.0.res.0.weight model.2.weight",
    "SRRESNET, conv1.0.weight conv1.1.weight trunk.0.rcb.0.weight",
    "SRCNN, conv1.weight conv1.bias conv2.weight conv2.bias conv3.weight conv3.bias",
    "SRCNN, features.0.weight map.0.weight reconstruction.weight",
    "SWINIR, conv_first.weight layers.0.residual_group.blocks.0.attn.qkv.weight",
    "HAT, layers.0.residual_group.blocks.0.attn.qkv.weight"
        + " layers.0.residual_group.overlap_attn.qkv.weight",
    "TRAINING_STATE, optimizers.0.state.12.exp_avg",
    "TRAINING_STATE, state.0.momentum_buffer",
    "UNKNOWN, encoder.weight decoder.weight",
  })
  void aNetworkIsToldByItsNames(WeightKind kind, String names) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String name : names.split(" ", -1)) {
      weights.put(name, Weight.of(new float[1], 1, 1, 1, 1));
    }
    assertThat(Detection.kind(StateDict.of(weights))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"1, SRVGG", "4, UNKNOWN"})
  void theSmallNetworksAreToldByTheRankOfTheirActivations(int rank, WeightKind kind) {
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    StateDict dict =
        StateDict.of(
            Map.of(
                "body.0.weight", Weight.of(new float[1], 1, 1, 1, 1),
                "body.1.weight", Weight.of(new float[1], shape)));
    assertThat(Detection.kind(dict)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SWINIR|holds SwinIR, which this version does not run yet; name an ESRGAN model",
        "UNET_DISCRIMINATOR|holds a U-Net discriminator with spectral normalisation (Real-ESRGAN),"
            + " which serves training or measuring and enlarges nothing; name the generator's file,"
            + " often called net_g",
        "UNKNOWN|holds weights of a kind that is not recognised: \"a\", \"b\", \"c\", \"d\" and 1"
            + " more; name an ESRGAN model"
      })
  void whatCannotEnlargePicturesIsNamedWithAdvice(WeightKind kind, String refusal) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      weights.put(name, Weight.of(new float[1], 1));
    }
    assertThat(kind.refusal(StateDict.of(weights))).isEqualTo(refusal);
  }
}
