package io.colloquy.command.widget;

/** Where the product's own {@code api_call} actions lead; forms have theirs in the catalogue. */
public final class Endpoints {

  /** Shows the rows behind a figure, as a new widget. */
  public static final String DRILL_DOWN = "/api/data/drilldown";

  /** Brings more rows of a table. */
  public static final String PAGE = "/api/data/page";

  /** Answers the hello widget. */
  public static final String HELLO = "/api/widget/hello";

  private Endpoints() {}
}
