package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void closingFreesWhatWasMadeInside() {
    long before = Scope.liveTensors();
    try (Scope scope = Scope.open()) {
      Tensor a = Tensor.of(new float[] {1, 2}, 2);
      assertThat(a.plus(a).times(2).toFloats()).containsExactly(4, 8);
      assertThat(Scope.liveTensors()).isEqualTo(before + 3);
    }
    assertThat(Scope.liveTensors()).isEqualTo(before);
  }

  @Test
  void aKeptTensorOutlivesItsScopeAndNotTheEnclosingOne() {
    Tensor kept;
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        kept = inner.keep(Tensor.of(new float[] {3}, 1));
      }
      assertThat(kept.item()).isEqualTo(3);
    }
    assertThatThrownBy(kept::item)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anInPlaceOperationGivesTheSameTensorWhichStillLives() {
    try (Scope outer = Scope.open()) {
      Tensor a = Tensor.of(new float[] {1, 2}, 2);
      Tensor same;
      try (Scope inner = Scope.open()) {
        same = a.timesInPlace(3).plusInPlace(1);
      }
      assertThat(same).isSameAs(a);
      assertThat(same.toFloats()).containsExactly(4, 7);
    }
  }

  @Test
  void everyUseAfterCloseNamesTheOperation() {
    Tensor dead;
    try (Scope scope = Scope.open()) {
      dead = Tensor.of(new float[16], 1, 1, 4, 4);
    }
    try (Scope scope = Scope.open()) {
      Tensor alive = Tensor.of(new float[16], 1, 1, 4, 4);
      List<Runnable> uses =
          List.of(
              dead::toFloats,
              () -> dead.plus(alive),
              () -> alive.plus(dead),
              () -> alive.assign(dead),
              () -> Tensor.concatenate(List.of(alive, dead)),
              () -> alive.convolve(dead, null, 1, 0),
              () -> dead.upsampleNearest(2),
              dead::zeroInPlace,
              dead::shape,
              dead::backward,
              () -> scope.keep(dead));
      for (Runnable use : uses) {
        assertThatThrownBy(use::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageMatching("(?s)\\w+: .*closed.*");
      }
    }
  }

  @Test
  void withoutAScopeNothingIsMade() {
    assertThatThrownBy(() -> Tensor.of(new float[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Scope.open()");
  }

  @Test
  void scopesCloseInReverseOrder() {
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        assertThatThrownBy(outer::close).hasMessageContaining("still open");
      }
    }
  }

  @Test
  void anotherThreadMayNotTouchATensorNorCloseAScope() throws InterruptedException {
    try (Scope scope = Scope.open()) {
      Tensor mine = Tensor.of(new float[] {1}, 1);
      for (Runnable intrusion : List.<Runnable>of(mine::item, mine::close, scope::close)) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other =
            new Thread(
                () -> {
                  try {
                    intrusion.run();
                  } catch (IllegalStateException e) {
                    thrown.set(e);
                  }
                },
                "intruder");
        other.start();
        other.join();
        assertThat(thrown.get()).hasMessageContaining("intruder");
      }
      assertThat(mine.item()).isEqualTo(1);
    }
  }

  @Test
  void gradientSwitchesCloseInReverseOrder() {
    try (Gradients off = Gradients.off()) {
      try (Gradients inner = Gradients.off()) {
        assertThatThrownBy(off::close).hasMessageContaining("reverse order");
      }
    }
  }
}
