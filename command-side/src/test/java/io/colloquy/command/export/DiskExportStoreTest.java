package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskExportStoreTest extends ExportStoreContract {

  @TempDir private Path folder = Path.of("");

  @Override
  ExportStore store() {
    return new DiskExportStore(folder.resolve("exports"));
  }

  @Test
  void nothingIsLeftBesideTheFile() {
    store().write(UUID.randomUUID().toString(), out -> out.write(1));
    assertThat(folder.resolve("exports"))
        .isDirectoryContaining("glob:**")
        .isDirectoryNotContaining("glob:**.part");
  }
}
