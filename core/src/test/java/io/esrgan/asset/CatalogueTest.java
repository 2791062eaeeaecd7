package io.esrgan.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  static final List<Asset> ASSETS = Catalogue.STANDARD;

  @Test
  void namesWhatThePackagesRequire() {
    assertThat(Catalogue.STANDARD)
        .extracting(Asset::name)
        .contains("vgg19", "squeezenet1_1", "niqe", "RRDB_ESRGAN_x4", "RealESRGAN_x4plus");
  }

  @Test
  void noTwoShareANameOrAFile() {
    assertThat(Catalogue.STANDARD)
        .extracting(asset -> asset.name().toLowerCase(Locale.ROOT))
        .doesNotHaveDuplicates();
    assertThat(Catalogue.STANDARD).extracting(Asset::fileName).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @FieldSource("ASSETS")
  void whatIsFetchedComesSafelyAndCanBeTold(Asset asset) {
    assertThat(asset.address().stream()).allMatch(address -> address.getScheme().equals("https"));
    assertThat(asset.checksum().isKnown()).isTrue();
    Matcher digits = Pattern.compile("-([0-9a-f]{8})\\.pth$").matcher(asset.fileName());
    if (digits.find()) {
      assertThat(asset.checksum().digits()).startsWith(digits.group(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dcbb9e9",
        "DCBB9E9D",
        "no digits",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"
      })
  void whatIsNoSumIsRefused(String digits) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Checksum(digits));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "a/b", ".hidden", "", "a b"})
  void whatCouldLieElsewhereIsNoFileName(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> asset(name, "0123abcd", 1));
  }

  @Test
  void anAssetMustBeKnownBySomething() {
    assertThatIllegalArgumentException().isThrownBy(() -> asset("a.pth", "", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> asset("a.pth", "0123abcd", 0));
  }

  private static Asset asset(String fileName, String sum, long size) {
    return new Asset(
        "a",
        fileName,
        "a",
        "a",
        Optional.empty(),
        "a",
        new Checksum(sum),
        OptionalLong.of(size),
        Optional.empty());
  }
}
