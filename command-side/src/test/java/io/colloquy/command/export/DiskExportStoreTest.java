package io.colloquy.command.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
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

  @Test
  void aFullDiskFailsThatExportAloneAndLeavesNothingBehind() throws Exception {
    try (FileSystem small =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setMaxSize(1 << 20).setBlockSize(4096).build())) {
      Path exports = small.getPath("/exports");
      ExportStore store = new DiskExportStore(exports);
      String kept = UUID.randomUUID().toString();
      store.write(kept, out -> out.write(new byte[100_000]));
      String tooLarge = UUID.randomUUID().toString();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> store.write(tooLarge, out -> out.write(new byte[2 << 20])));
      try (Stream<Path> files = Files.list(exports)) {
        assertThat(files).containsExactly(exports.resolve(kept));
      }
      assertThat(store.write(tooLarge, out -> out.write(new byte[500_000])).bytes())
          .isEqualTo(500_000);
      assertThat(store.open(kept).bytes()).isEqualTo(100_000);
    }
  }
}
