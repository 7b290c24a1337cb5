package io.colloquy.app.process;

/** SQL that makes each reading of the sample data take two seconds, and at once again. */
final class SlowReading {

  static final String BEGIN =
      """
      alter table sample.sales rename to all_sales;
      create view sample.sales as select all_sales.* from (select pg_sleep(2)) as slowly, sample.all_sales;
      grant select on sample.sales to colloquy_reader
      """;

  static final String END =
      """
      drop view sample.sales;
      alter table sample.all_sales rename to sales
      """;

  private SlowReading() {}
}
