package io.colloquy.command.export;

import java.time.Duration;

/**
 * How links to exported files are made.
 *
 * @param publicUrl what links start with; empty makes them relative to the server
 * @param linkLifetime how long a link works
 * @param linkKey the secret that signs links
 */
@SuppressWarnings("ArrayRecordComponent") // A key is bytes, and settings are never compared.
public record ExportSettings(String publicUrl, Duration linkLifetime, byte[] linkKey) {}
