package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import java.util.Arrays;
import java.util.List;

/** Lottery tickets, of which every picture has as many as it is to be drawn often. */
final class Tickets {
  private final long[] upTo; // upTo[i]: tickets of the pictures 0 to i together

  Tickets(List<Source> sources, Sampling sampling) {
    upTo = new long[sources.size()];
    long sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum +=
          switch (sampling) {
            case AREA -> sources.get(i).pixels();
            case UNIFORM -> 1;
          };
      upTo[i] = sum;
    }
  }

  /** How many pictures there are. */
  int owners() {
    return upTo.length;
  }

  /** How many tickets there are. */
  long count() {
    return upTo[upTo.length - 1];
  }

  /** The number of the picture that has a ticket, from 0 to {@link #count()} - 1. */
  int owner(long ticket) {
    int place = Arrays.binarySearch(upTo, ticket + 1);
    return place >= 0 ? place : -place - 1;
  }

  /** Pixels that a picture has on average when it is drawn. */
  double meanPixels(List<Source> sources) {
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      long own = upTo[i] - (i == 0 ? 0 : upTo[i - 1]);
      sum += (double) own * sources.get(i).pixels();
    }
    return sum / count();
  }
}
