package io.colloquy.command.export;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where exports are kept and how links to them are made.
 *
 * @param folder holds the files
 * @param publicUrl what links start with; empty makes them relative to the server
 * @param linkLifetime how long a link works
 * @param linkKey the secret that signs links
 */
@SuppressWarnings("ArrayRecordComponent") // A key is bytes, and settings are never compared.
public record ExportSettings(
    Path folder, String publicUrl, Duration linkLifetime, byte[] linkKey) {}
