package io.colloquy.command.planner;

import java.util.Set;

/** Phrases that say what a question wants, whatever it is about. */
final class Phrases {

  static final Set<String> GO_THERE =
      Set.of(
          "go to",
          "open",
          "navigate to",
          "navigate",
          "take me to",
          "bring me to",
          "switch to the",
          "jump to",
          "go back to",
          "show me the way to",
          "where do i find",
          "where is the",
          "where can i find");
  static final Set<String> TAKE_OUT = Set.of("export", "download");
  static final Set<String> WHAT_CAN_I_DO =
      Set.of("what can i do", "where can i", "what can we do", "where should i go");
  static final Set<String> ENTER_DATA =
      Set.of(
          "add",
          "create",
          "register",
          "enter",
          "insert",
          "delete",
          "remove",
          "update",
          "onboard",
          "record",
          "submit");
  static final Set<String> CHANGE_DATA = Set.of("delete", "remove", "update");
  static final Set<String> SEARCH =
      Set.of(
          "find",
          "search",
          "look up",
          "lookup",
          "list",
          "locate",
          "look for",
          "looking for",
          "which customer",
          "who are",
          "show me customer",
          "show customer",
          "show me all customer",
          "show all customer",
          "show me the customer",
          "get customer",
          "get me customer",
          "get me all customer",
          "display customer",
          "give me customer",
          "give me all customer");
  static final Set<String> FILTER = Set.of("filter", "refine");
  static final Set<String> HELLO = Set.of("hello", "hello world", "say hello");
  static final Set<String> GREETING =
      Set.of(
          "hi", "hey", "good morning", "good afternoon", "good evening", "hi there", "hello there");
  static final Set<String> THANKS =
      Set.of(
          "thank",
          "thank you",
          "many thank",
          "thank you very much",
          "thx",
          "great",
          "perfect",
          "bye",
          "goodbye",
          "ok thank");
  static final Set<String> EXPLAIN =
      Set.of(
          "explain",
          "define",
          "definition",
          "mean",
          "meaning",
          "calculated",
          "computed",
          "stand for",
          "definition of",
          "is defined");
  static final Set<String> HELP =
      Set.of(
          "help",
          "help me",
          "what can you do",
          "what can i ask",
          "how does this work",
          "what do you know",
          "which data",
          "what data",
          "what source",
          "which source",
          "who are you");
  static final Set<String> COUNTING = Set.of("how many", "number of", "count");
  static final Set<String> WHICH_VALUES =
      Set.of(
          "how many",
          "which",
          "what",
          "list",
          "list all",
          "show all",
          "name",
          "what are the",
          "what are our",
          "show me all",
          "list the",
          "list all the",
          "list our",
          "which are the",
          "show me the list of",
          "how many different",
          "how many distinct",
          "what kind of",
          "all");
  static final Set<String> VAGUE =
      Set.of(
          "show",
          "chart",
          "graph",
          "plot",
          "compare",
          "report",
          "data",
          "figure",
          "number",
          "trend",
          "top",
          "best",
          "worst",
          "highest",
          "lowest",
          "doing",
          "performance",
          "perform",
          "analysis",
          "analyze",
          "overview",
          "summary",
          "going",
          "bottom",
          "most",
          "least",
          "insight",
          "breakdown",
          "statistic",
          "stat",
          "kpi");
  static final Set<String> DECIDING =
      Set.of(
          "by",
          "per",
          "each",
          "in",
          "for",
          "from",
          "of",
          "at",
          "in the",
          "of the",
          "for the",
          "by the",
          "from the");

  static final Set<String> GO_ON =
      Set.of(
          "and",
          "what about",
          "how about",
          "now",
          "only",
          "just",
          "same",
          "but",
          "then",
          "also",
          "instead",
          "make it",
          "make that",
          "show it",
          "show that",
          "show them",
          "show this",
          "break it",
          "break that",
          "break this",
          "break them",
          "split it",
          "split that",
          "split by",
          "group by",
          "group it",
          "drill",
          "as",
          "by",
          "per",
          "for",
          "in",
          "with",
          "without",
          "except",
          "excluding",
          "exclude",
          "compare it",
          "compare that",
          "compare this",
          "compare with",
          "compare to",
          "compared to",
          "compared with",
          "versus",
          "vs",
          "sort",
          "order",
          "limit",
          "top",
          "bottom",
          "remove",
          "drop",
          "add",
          "since",
          "from",
          "during",
          "restrict",
          "narrow",
          "filter",
          "switch",
          "change",
          "turn",
          "display it",
          "plot it",
          "draw it",
          "chart it",
          "graph it",
          "can you show it",
          "can you break",
          "can you make it",
          "could you",
          "give me that",
          "give me the same",
          "and now",
          "ok",
          "okay",
          "or",
          "use",
          "include",
          "reverse",
          "not",
          "all",
          "i meant",
          "no",
          "rather",
          "again",
          "ignore",
          "leave out",
          "this",
          "that",
          "last",
          "previous",
          "it");
  static final Set<String> POINT_BACK =
      Set.of(
          "it", "that", "those", "them", "this", "same", "these", "instead", "too", "also", "one",
          "there");
  static final Set<String> MORE =
      Set.of(
          "also",
          "too",
          "as well",
          "additionally",
          "in addition",
          "further",
          "add",
          "include",
          "plus");
  static final Set<String> CLEAR =
      Set.of(
          "remove the filter",
          "remove filter",
          "clear the filter",
          "clear filter",
          "without filter",
          "reset",
          "no filter",
          "remove all filter",
          "clear all filter",
          "remove the filters",
          "unfiltered");
  static final Set<String> TAKE_AWAY =
      Set.of(
          "remove",
          "drop",
          "exclude",
          "excluding",
          "without",
          "except",
          "ignore",
          "leave out",
          "not");

  private Phrases() {}
}
