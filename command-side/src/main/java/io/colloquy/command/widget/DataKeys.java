package io.colloquy.command.widget;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names for what was read, such as {@code q2_2026_sales_by_region_1f0c9a4e}. */
public final class DataKeys {

  private DataKeys() {}

  /**
   * The name of the data read for a turn or action: always the same for the same cause. What it is
   * restricted to, which stands after the title's colon, is left out: names are kept for good, and
   * somebody's words must not be.
   */
  public static String of(String title, String conversationId, String cause) {
    UUID id =
        UUID.nameUUIDFromBytes((conversationId + "/" + cause).getBytes(StandardCharsets.UTF_8));
    return DataActions.slug(title.replaceFirst(":.*", "")) + "_" + id.toString().substring(0, 8);
  }
}
