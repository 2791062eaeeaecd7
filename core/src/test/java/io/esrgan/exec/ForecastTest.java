package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

  @Test
  void goingOverAPictureAgainTakesAsLongAgainButNoMoreMemory() {
    List<Plan.Band> bands = List.of(new Plan.Band(0, 8, 0, 8));
    Plan plan = new Plan(8, 8, 8, 8, bands, 100, 1e6, true, false);
    Forecast forecast = new Forecast(plan, Duration.ofSeconds(3), 200);
    assertThat(forecast.times(2).plus(Duration.ofSeconds(1)))
        .isEqualTo(new Forecast(plan, Duration.ofSeconds(7), 200));
  }
}
