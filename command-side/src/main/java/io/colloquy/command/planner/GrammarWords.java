package io.colloquy.command.planner;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The words of the grammar itself, whatever the catalogue holds. */
final class GrammarWords {

  /** Words that carry no content of their own. */
  static final Set<String> FUNCTION =
      set(
          """
          a an the of in on at to for from by per with and or as is are was were be do does did i me my we our us
          you your it its this that these those what which who how much many show give tell see list display get
          please can could would want need like let have has had there all each every any into up out about than
          make made draw plot chart graph table view breakdown broken down split across compare comparison compared
          versus vs against between difference trend over time total overall sum number amount top best highest
          largest biggest most bottom worst lowest smallest least fewest share proportion percentage percent pie bar line
          area heat map heatmap drill drill-down drilldown detail help find search look lookup where whose go open navigate
          take page only just more less above below under help value named called data figure result performance perform
          performing performed develop developed development evolve evolved history historical change changed grow grew
          growth grown say hi hello world filter visualize visualise refine sell sold selling bought buy come came bring
          brought earn earned generate generated achieve achieved record recorded happen happened through throughout during
          within so far break group grouped grouping order ordered sort sorted sorting rank ranked ranking ascending
          descending asc desc alphabetical alphabetically alphabetic half using use based only not no without except
          excluding exclude other rather instead same again also too well now then but if when since until before after
          last next previous past prior this current ago year-over-year yoy first second third strongest weakest
          leading lead winning right okay ok hey there's what's how's who's i'd i'm we're let's it's me's
          them they their theirs itself here was been being will shall should may might must company business our's
          donut doughnut histogram column stacked visual visualization visualisation picture diagram
          know interested understand looking think exact exactly currently quick quickly kindly some further
          comparing vs. respectively respect regarding concerning relative distribution distributed divided
          one ones
          latest recent actual entire complete full whole overall combined data dataset information info
          doing going overview summary insight analysis analyze analyse report statistic stat kpi
          contribute contributed contribution account accounted accounts
          """);

  static final Set<String> MOST =
      set("top best highest largest biggest most strongest greatest leading maximum max");
  static final Set<String> LEAST =
      set("bottom worst lowest smallest least weakest fewest poorest minimum min");
  static final Set<String> MORE_THAN =
      Set.of(
          "over",
          "above",
          "more than",
          "at least",
          "greater than",
          "exceeding",
          "higher than",
          "larger than",
          "minimum of",
          "bigger than");
  static final Set<String> LESS_THAN =
      Set.of(
          "under",
          "below",
          "less than",
          "at most",
          "fewer than",
          "lower than",
          "smaller than",
          "maximum of",
          "up to");
  static final Set<String> WITHOUT =
      Set.of(
          "without",
          "except",
          "excluding",
          "exclude",
          "excluded",
          "but not",
          "not",
          "other than",
          "apart from",
          "except for",
          "ignoring",
          "not in",
          "leave out",
          "leaving out",
          "minus");

  /** Words people use that are none of the catalogue's, so that none is taken for a slip. */
  static final Set<String> COMMON = common();

  private GrammarWords() {}

  private static Set<String> common() {
    Set<String> all = new HashSet<>(FUNCTION);
    all.addAll(
        set(
            """
            note notes worth rest best test text next near fact face form from tell well sell cell well such sure
            late rate name game same some come home time sale salt same came case base cost post most host lost
            policy police price prize weather whether leather people person world word work worked working week
            great green group ground grow order older offer enter center contact content context contract
            date data late gate care card cart part port sort short sport start state stage store stone story
            phrase phase place plane plan plant plane train brain rain main mail email male sale tale
            month mouth south north earth forth worth
            today tomorrow yesterday morning evening night holiday vacation question answer thing nothing something
            return refund ship shipping support problem issue error login password account
            capital country weather president joke story poem recipe code script write translate
            market industry competitor forecast predict prediction expect expected future target goal budget
            """));
    return Set.copyOf(all);
  }

  static Set<String> set(String words) {
    Set<String> set = new HashSet<>();
    for (String word : words.strip().split("\\s+", -1)) {
      set.add(word.toLowerCase(Locale.ROOT));
      set.add(Words.stem(word));
    }
    return Set.copyOf(set);
  }
}
