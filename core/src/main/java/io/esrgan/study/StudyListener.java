package io.esrgan.study;

import io.esrgan.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;

/** Is told how a study goes, on the thread that runs it. */
public interface StudyListener {

  /**
   * A training run begins or goes on.
   *
   * @param title which row's and which stage
   * @return what is told of the run itself
   */
  default TrainingListener trains(String title, Path folder) {
    return new TrainingListener() {};
  }

  /** The training run has come to its end, or was stopped. */
  default void trained() {}

  /** A training run was complete already. */
  default void keeps(String title, Path folder) {}

  /** A row was measured: a result for each set. */
  default void measured(String row, List<Result> results) {}
}
