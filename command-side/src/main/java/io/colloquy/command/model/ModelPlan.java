package io.colloquy.command.model;

import java.util.List;

/**
 * What a model is asked to say about a question, in JSON. Nothing here is an action, a permission,
 * a column or SQL: there is no place where it could be named.
 *
 * @param intent one of the seven
 * @param answerFrom {@code data}, {@code documents} or {@code nothing}
 * @param query the data needed; an empty dataset when none is
 * @param widget how it is shown: card, chart, table, form, navigation or none
 * @param chart the kind of chart, or none
 * @param routes the places to offer, for navigation
 * @param form the form to show, or empty
 * @param reply the answer where neither data nor documents are needed, else empty
 * @param reasoning why, in a sentence
 */
record ModelPlan(
    String intent,
    String answerFrom,
    ModelQuery query,
    String widget,
    String chart,
    List<String> routes,
    String form,
    String reply,
    String reasoning) {

  record ModelQuery(
      String dataset,
      List<String> measures,
      List<String> dimensions,
      List<ModelFilter> filters,
      List<ModelSort> sort,
      int limit) {}

  record ModelFilter(String dimension, String operator, List<String> values) {}

  record ModelSort(String field, boolean descending) {}
}
