package io.colloquy.command.catalogue;

import io.colloquy.command.catalogue.Catalogue.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/** Figures as people read them: {@code $1,234,567}. */
public final class Figures {

  private static final BigDecimal CENTS_BELOW = new BigDecimal(10_000);

  private Figures() {}

  /** A figure with its unit; cents only where they matter. */
  public static String written(BigDecimal value, Measure measure) {
    NumberFormat format = NumberFormat.getNumberInstance(Locale.US);
    format.setMaximumFractionDigits(value.abs().compareTo(CENTS_BELOW) < 0 ? 2 : 0);
    boolean cents = measure.unit() != null && value.abs().compareTo(CENTS_BELOW) < 0;
    format.setMinimumFractionDigits(cents && value.stripTrailingZeros().scale() > 0 ? 2 : 0);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return (measure.unit() == null ? "" : measure.unit()) + format.format(value);
  }

  /** A share of a whole, in whole per cent. */
  public static String share(BigDecimal part, BigDecimal whole) {
    if (whole.signum() == 0) {
      return "0 %";
    }
    return part.multiply(BigDecimal.valueOf(100)).divide(whole, 0, RoundingMode.HALF_UP) + " %";
  }
}
