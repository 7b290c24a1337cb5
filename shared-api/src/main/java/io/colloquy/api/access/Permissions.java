package io.colloquy.api.access;

/**
 * The permissions the product itself asks for. The reference guide names them; roles map to them in
 * tables.
 */
public final class Permissions {

  /** May hold conversations. */
  public static final String VIEWER = "viewer";

  /** May look into the rows behind a figure. */
  public static final String ANALYST = "analyst";

  /** May look into the rows behind a figure. */
  public static final String MANAGER = "manager";

  /** May take data out as a file. */
  public static final String DATA_EXPORTER = "data_exporter";

  /** May read every conversation and the audit log, and change nothing. */
  public static final String AUDITOR = "auditor";

  /** May change what others brought, and who may read it. */
  public static final String ADMIN = "admin";

  private Permissions() {}
}
