package io.colloquy.command.export;

import io.colloquy.api.widget.ChartType;
import io.colloquy.api.widget.WidgetData.Chart.Series;
import java.awt.Color;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;

/**
 * Draws a chart with lines and areas of the PDF itself. Chart libraries draw with Java's own fonts,
 * which a server without installed fonts does not have.
 */
final class PdfChart {

  private static final Color[] COLOURS = {
    new Color(0x2F4FD0), new Color(0xD9822B), new Color(0x1B8A5A), new Color(0xA8326E),
    new Color(0x0F8CA8), new Color(0x7A5BD1), new Color(0x8A6D1B), new Color(0x5A6478)
  };
  private static final Color INK = new Color(0x1C2333);
  private static final Color GRID = new Color(0xDFE3EC);
  private static final float FONT = 8;
  private static final float LEFT = 62;
  private static final float BELOW = 42;
  private static final float ABOVE = 18;
  private static final int STEPS = 5;
  private static final int MOST_LABELS = 14;
  private static final int LONGEST_LABEL = 14;

  private final PdfContentByte canvas;
  private final float width;
  private final float height;
  private final BaseFont font;
  private final String unit;

  PdfChart(org.openpdf.text.pdf.PdfTemplate canvas, BaseFont font, String unit) {
    this.canvas = canvas;
    this.width = canvas.getWidth();
    this.height = canvas.getHeight();
    this.font = font;
    this.unit = unit;
  }

  void draw(ChartType type, List<Series> series) {
    if (series.isEmpty() || series.getFirst().labels().isEmpty()) {
      return;
    }
    if (type == ChartType.PIE) {
      pie(series.getFirst());
      return;
    }
    Scale scale = Scale.of(series);
    axes(scale, series.getFirst().labels());
    for (int i = 0; i < series.size(); i++) {
      switch (type) {
        case LINE -> line(scale, series.get(i), i, false);
        case AREA -> line(scale, series.get(i), i, true);
        default -> bars(scale, series.get(i), i, series.size());
      }
    }
    legend(series.size() > 1 ? series.stream().map(Series::name).toList() : List.of());
  }

  /** From zero, or below it, to a round number above the largest value. */
  private record Scale(double low, double high) {

    static Scale of(List<Series> series) {
      double most = 0;
      double least = 0;
      for (Series one : series) {
        for (BigDecimal value : one.values()) {
          most = Math.max(most, value.doubleValue());
          least = Math.min(least, value.doubleValue());
        }
      }
      double step = round(Math.max(most - least, 1e-9) / STEPS);
      return new Scale(
          least < 0 ? Math.floor(least / step) * step : 0, Math.ceil(most / step) * step);
    }

    private static double round(double step) {
      double magnitude = Math.pow(10, Math.floor(Math.log10(step)));
      double factor = step / magnitude;
      return magnitude * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    double share(double value) {
      return high == low ? 0 : (value - low) / (high - low);
    }
  }

  private float x(int index, int count) {
    return LEFT + (width - LEFT) * (index + 0.5f) / count;
  }

  private float y(Scale scale, BigDecimal value) {
    return BELOW + (height - BELOW - ABOVE) * (float) scale.share(value.doubleValue());
  }

  private void axes(Scale scale, List<String> labels) {
    canvas.setLineWidth(0.5f);
    for (int i = 0; i <= STEPS; i++) {
      double value = scale.low() + (scale.high() - scale.low()) * i / STEPS;
      float y = BELOW + (height - BELOW - ABOVE) * i / STEPS;
      canvas.setColorStroke(GRID);
      canvas.moveTo(LEFT, y);
      canvas.lineTo(width, y);
      canvas.stroke();
      words(compact(value), PdfContentByte.ALIGN_RIGHT, LEFT - 4, y - FONT / 3);
    }
    words(unit, PdfContentByte.ALIGN_LEFT, 0, height - FONT);
    int every = 1 + (labels.size() - 1) / MOST_LABELS;
    for (int i = 0; i < labels.size(); i += every) {
      words(
          shortened(labels.get(i)),
          PdfContentByte.ALIGN_CENTER,
          x(i, labels.size()),
          BELOW - 1.5f * FONT);
    }
  }

  private void bars(Scale scale, Series series, int place, int places) {
    int count = series.values().size();
    float slot = 0.8f * (width - LEFT) / count;
    float zero = y(scale, BigDecimal.ZERO);
    canvas.setColorFill(colour(place));
    for (int i = 0; i < count; i++) {
      float left = x(i, count) - slot / 2 + slot * place / places;
      float top = y(scale, series.values().get(i));
      canvas.rectangle(left, Math.min(zero, top), slot / places, Math.abs(top - zero));
      canvas.fill();
    }
  }

  private void line(Scale scale, Series series, int place, boolean filled) {
    int count = series.values().size();
    canvas.setColorStroke(colour(place));
    canvas.setLineWidth(1.5f);
    path(scale, series);
    canvas.stroke();
    if (filled) {
      float zero = y(scale, BigDecimal.ZERO);
      Color light = colour(place);
      canvas.setColorFill(
          new Color(
              (light.getRed() + 510) / 3,
              (light.getGreen() + 510) / 3,
              (light.getBlue() + 510) / 3));
      path(scale, series);
      canvas.lineTo(x(count - 1, count), zero);
      canvas.lineTo(x(0, count), zero);
      canvas.closePath();
      canvas.fill();
    }
  }

  private void path(Scale scale, Series series) {
    int count = series.values().size();
    for (int i = 0; i < count; i++) {
      float y = y(scale, series.values().get(i));
      if (i == 0) {
        canvas.moveTo(x(i, count), y);
      } else {
        canvas.lineTo(x(i, count), y);
      }
    }
  }

  private void pie(Series series) {
    double total =
        series.values().stream().mapToDouble(BigDecimal::doubleValue).filter(v -> v > 0).sum();
    float radius = (height - BELOW) / 2;
    float centreX = width / 2;
    float centreY = BELOW + radius;
    double from = 90;
    for (int i = 0; i < series.values().size(); i++) {
      double extent = total <= 0 ? 0 : -360 * series.values().get(i).doubleValue() / total;
      if (extent < 0) {
        canvas.setColorFill(colour(i));
        canvas.moveTo(centreX, centreY);
        slice(centreX, centreY, radius, from, extent);
        canvas.closePath();
        canvas.fill();
        from += extent;
      }
    }
    legend(series.labels());
  }

  /** An arc as short lines; at this size no eye can tell. */
  private void slice(float centreX, float centreY, float radius, double from, double extent) {
    int pieces = Math.max(2, (int) Math.abs(extent));
    for (int i = 0; i <= pieces; i++) {
      double angle = Math.toRadians(from + extent * i / pieces);
      canvas.lineTo(
          centreX + radius * (float) Math.cos(angle), centreY + radius * (float) Math.sin(angle));
    }
  }

  private void legend(List<String> names) {
    float x = LEFT;
    for (int i = 0; i < Math.min(names.size(), COLOURS.length); i++) {
      canvas.setColorFill(colour(i));
      canvas.rectangle(x, 4, FONT, FONT);
      canvas.fill();
      String name = shortened(names.get(i));
      words(name, PdfContentByte.ALIGN_LEFT, x + FONT + 3, 4.5f);
      x += FONT + 14 + font.getWidthPoint(name, FONT);
    }
  }

  private void words(String words, int align, float x, float y) {
    canvas.setColorFill(INK);
    canvas.beginText();
    canvas.setFontAndSize(font, FONT);
    canvas.showTextAligned(align, words, x, y, 0);
    canvas.endText();
  }

  private static Color colour(int place) {
    return COLOURS[place % COLOURS.length];
  }

  private static String shortened(String label) {
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
  }

  private static String compact(double value) {
    return NumberFormat.getCompactNumberInstance(Locale.US, NumberFormat.Style.SHORT).format(value);
  }
}
