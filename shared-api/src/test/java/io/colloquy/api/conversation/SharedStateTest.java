package io.colloquy.api.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.colloquy.api.access.Refusal;
import io.colloquy.api.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedStateTest {

  @Test
  void changesAddUp() {
    SharedState state =
        SharedState.EMPTY
            .after("filter_update", change("region", "North"))
            .after("filter_update", change("product", List.of("Laptop", "Phone")))
            .after("filter_update", change("region", null))
            .after(
                "date_range_update",
                change(null, Map.of("start_date", "2026-01-01", "end_date", "2026-03-31")))
            .after("sources_update", change(null, List.of("sales-ledger")))
            .after("widget_state_update", change("w-1", Map.of("sorted", true)));

    assertThat(Json.MAPPER.writeValueAsString(state.named()))
        .isEqualTo(
            """
            {"active_filters":{"product":["Laptop","Phone"]},\
            "selected_date_range":{"start_date":"2026-01-01","end_date":"2026-03-31"},\
            "active_data_sources":["sales-ledger"],"widget_w-1":{"sorted":true}}""");
    assertThat(state.after("filter_update", change("all", null)).activeFilters()).isEmpty();
  }

  @Test
  void aChangeOfAnotherShapeIsRefusedBeforeTheLogAndIgnoredAfterIt() {
    for (var wrong :
        List.of(
            Map.entry("colour_update", change("a", "b")),
            Map.entry("filter_update", change(null, "b")),
            Map.entry("filter_update", change("k".repeat(101), "b")),
            Map.entry("date_range_update", change(null, "soon")),
            Map.entry("sources_update", change(null, Map.of())),
            Map.entry("sources_update", change(null, List.of(1))))) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> StateChange.of(wrong.getKey(), wrong.getValue()));
      assertThat(SharedState.EMPTY.after(wrong.getKey(), wrong.getValue()))
          .isEqualTo(SharedState.EMPTY);
    }
  }

  private static Map<String, Object> change(@Nullable String key, @Nullable Object value) {
    Map<String, Object> data = new HashMap<>();
    if (key != null) {
      data.put("key", key);
    }
    if (value != null) {
      data.put("value", value);
    }
    return data;
  }
}
