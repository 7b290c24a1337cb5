package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colloquy.api.access.ErrorCode;
import io.colloquy.api.access.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store of exported files must do. */
abstract class ExportStoreContract {

  /** SHA-256 of {@code hello}. */
  private static final String HELLO_DIGEST =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private final String id = UUID.randomUUID().toString();

  abstract ExportStore store();

  @Test
  void aFileIsReadAsItWasWritten() throws IOException {
    ExportStore.Written written = store().write(id, out -> out.write(bytes("hello")));

    assertThat(written.bytes()).isEqualTo(5);
    assertThat(written.sha256()).isEqualTo(HELLO_DIGEST);
    assertThat(written.location()).contains(id);
    ExportStore.Stored stored = store().open(id);
    try (var content = stored.content()) {
      assertThat(stored.bytes()).isEqualTo(5);
      assertThat(content.readAllBytes()).isEqualTo(bytes("hello"));
    }
  }

  @Test
  void aFileWrittenAgainStaysAsItIs() {
    AtomicInteger writings = new AtomicInteger();
    ExportStore.Content content =
        out -> {
          writings.incrementAndGet();
          out.write(bytes("hello"));
        };
    assertThat(store().write(id, content)).isEqualTo(store().write(id, content));
    assertThat(writings).hasValue(1);
  }

  @Test
  void aFileThatCouldNotBeWrittenWholeIsNotThere() throws IOException {
    assertThatThrownBy(
            () ->
                store()
                    .write(
                        id,
                        out -> {
                          out.write(bytes("hel"));
                          throw new IOException("no more rows");
                        }))
        .isInstanceOf(RuntimeException.class);
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> store().open(id));

    store().write(id, out -> out.write(bytes("hello")));
    try (var content = store().open(id).content()) {
      assertThat(content.readAllBytes()).hasSize(5);
    }
  }

  @Test
  void whatWasNeverWrittenOrIsNoIdIsRefused() {
    for (String unknown : new String[] {UUID.randomUUID().toString(), "../secret.key", ""}) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> store().open(unknown))
          .matches(refusal -> refusal.code() == ErrorCode.EXPORT_NOT_FOUND);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
