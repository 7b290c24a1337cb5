package io.colloquy.command.source;

import io.colloquy.api.source.SourceColumn;
import io.colloquy.api.source.SourceColumn.Aggregation;
import io.colloquy.api.source.SourceColumn.Role;
import io.colloquy.api.source.SourceColumn.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what columns are good for, from their names and what they hold; people may correct it.
 */
final class ColumnGuess {

  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "(?i)(.*[ _.-])?(id|no|nr|number|code|zip|zipcode|postal ?code|plz|sku|phone|year|month|quarter|week|day)");
  private static final Pattern AVERAGED =
      Pattern.compile(
          "(?i).*(price|rate|average|avg|mean|percent|pct|%|score|rating|age|temperature|ratio|margin|per ).*");
  private static final Pattern TIME =
      Pattern.compile("(?i).*(date|day|datum|time|when|month|period|sold|ordered|booked).*");

  /** Words that mean the same in most tables. */
  private static final List<Set<String>> SYNONYMS =
      List.of(
          Set.of("revenue", "sales", "turnover", "income"),
          Set.of("amount", "value"),
          Set.of("cost", "spend", "spending", "expense", "expenditure"),
          Set.of("quantity", "qty", "units", "volume"),
          Set.of("customer", "client", "buyer", "account"),
          Set.of("region", "area", "territory"),
          Set.of("product", "item", "article"),
          Set.of("category", "type", "kind"),
          Set.of("employee", "staff", "worker", "person"),
          Set.of("department", "dept", "team"),
          Set.of("salary", "pay", "wage", "compensation"),
          Set.of("supplier", "vendor"),
          Set.of("profit", "earnings"),
          Set.of("headcount", "employees"),
          Set.of("city", "town"),
          Set.of("country", "nation"));

  private final Set<String> names = new HashSet<>();
  private boolean hasTime;

  /** A guess over the columns of one table, one after the other. */
  ColumnGuess(boolean namesATime) {
    this.hasTime = !namesATime;
    names.add(SourceDatasets.ROW_COUNT);
  }

  static boolean soundsLikeTime(String label) {
    return TIME.matcher(label).matches();
  }

  /** What a table's column is, by its label and its cells. */
  SourceColumn column(
      String letter,
      String label,
      Type type,
      boolean unique,
      boolean open,
      boolean percentage,
      @Nullable String currency,
      boolean isTime) {
    Role role = role(label, type, unique, isTime);
    String unit = currency != null ? currency : CellFormat.currencyIn(label);
    return new SourceColumn(
        name(label),
        letter,
        shown(label, unit),
        type,
        role,
        role == Role.MEASURE ? aggregate(label, percentage) : null,
        role == Role.MEASURE ? unit : null,
        role == Role.DIMENSION && open,
        synonyms(label));
  }

  /** The label without the unit, which is shown beside it. */
  private static String shown(String label, @Nullable String unit) {
    String bare = unit == null ? label : label.replaceFirst("\\s*[(\\[][^)\\]]*[)\\]]\\s*$", "");
    String text = bare.isBlank() ? label : bare;
    return text.length() > 120 ? text.substring(0, 120) : text;
  }

  private Role role(String label, Type type, boolean unique, boolean isTime) {
    if (isTime && !hasTime) {
      hasTime = true;
      return Role.TIME;
    }
    boolean figure =
        type == Type.NUMBER
            && !IDENTIFIER.matcher(label.strip()).matches()
            && !isKey(label, unique);
    return figure ? Role.MEASURE : Role.DIMENSION;
  }

  private static boolean isKey(String label, boolean unique) {
    return unique && label.toLowerCase(Locale.ROOT).matches("#|key|index|row|rank");
  }

  private static Aggregation aggregate(String label, boolean percentage) {
    return percentage || AVERAGED.matcher(label).matches() ? Aggregation.AVG : Aggregation.SUM;
  }

  private String name(String label) {
    String slug = label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
    slug = slug.replaceAll("^_+|_+$", "");
    slug = slug.isEmpty() ? "column" : slug.substring(0, Math.min(slug.length(), 40));
    String name = SourceDatasets.TIME_PARTS.contains(slug) ? slug + "_column" : slug;
    for (int i = 2; !names.add(name); i++) {
      name = slug + "_" + i;
    }
    return name;
  }

  /** Other words for a label: those of its own words that mean the same. */
  static List<String> synonyms(String label) {
    Set<String> found = new LinkedHashSet<>();
    List<String> words =
        List.of(
            label
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} ]+", " ")
                .strip()
                .split(" +"));
    for (Set<String> same : SYNONYMS) {
      for (String word : words) {
        String single = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        if (same.contains(word) || same.contains(single)) {
          same.stream().sorted().filter(other -> !other.equals(word)).forEach(found::add);
        }
      }
    }
    return new ArrayList<>(found);
  }
}
