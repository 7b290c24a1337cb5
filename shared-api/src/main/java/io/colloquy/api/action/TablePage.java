package io.colloquy.api.action;

import java.util.List;
import java.util.Map;

/**
 * One page of a table.
 *
 * @param page which, from 1
 * @param pageSize how many rows a full page has
 * @param totalRows how many rows there are in all pages, after filtering
 * @param rows the cells by column key
 */
public record TablePage(int page, int pageSize, long totalRows, List<Map<String, Object>> rows) {

  /** Copies the rows. */
  public TablePage {
    rows = List.copyOf(rows);
  }
}
