package io.colloquy.app.replay;

import io.colloquy.api.conversation.ConversationEvent.DataQueried;
import io.colloquy.api.conversation.ReplayQuery.Reasons;
import io.colloquy.api.widget.WidgetData;
import io.colloquy.api.widget.WidgetDescriptor;
import io.colloquy.command.turn.WhatIf;
import io.colloquy.command.turn.WhatIf.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In what two answers to the same question differ, ids and times aside. */
final class Differences {

  private Differences() {}

  static List<String> between(Reasons original, WhatIf.Rerun rerun) {
    List<String> different = new ArrayList<>();
    note(different, "plan", original.plan(), rerun.plan());
    note(
        different,
        "query",
        original.reads().stream().map(DataQueried::query).toList(),
        rerun.reads().stream().map(Read::query).toList());
    note(
        different,
        "rows",
        original.reads().stream().map(DataQueried::resultDigest).toList(),
        rerun.reads().stream().map(Read::resultDigest).toList());
    note(different, "text", original.answer(), rerun.answer());
    note(different, "widgets", shown(original.widgets()), shown(rerun.widgets()));
    return different;
  }

  private static List<WidgetData> shown(List<WidgetDescriptor> widgets) {
    return widgets.stream().map(WidgetDescriptor::data).toList();
  }

  private static void note(
      List<String> different, String what, @Nullable Object one, @Nullable Object other) {
    if (!Objects.equals(one, other)) {
      different.add(what);
    }
  }
}
