package io.colloquy.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The way between a client and a server, which a test can cut, slow down, lead elsewhere and mend.
 */
public final class CuttableNetwork implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final ServerSocket entrance;
  private final int pieces;
  private volatile int server;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean stalled;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean cut;

  /** Carries small pieces, so that a cut falls anywhere. */
  public CuttableNetwork(int server) throws IOException {
    this(server, 64);
  }

  /** Carries pieces of at most so many bytes. */
  public CuttableNetwork(int server, int pieces) throws IOException {
    this.server = server;
    this.pieces = pieces;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::letIn);
  }

  public String base() {
    return "http://localhost:" + entrance.getLocalPort();
  }

  /** Ends every connection, and lets no new one through. */
  public void cut() {
    cut = true;
    open.forEach(CuttableNetwork::close);
  }

  /** Cuts as soon as the server has sent so many bytes more. */
  public void cutAfter(long bytes) {
    bytesLeft.set(bytes);
  }

  public boolean isCut() {
    return cut;
  }

  public void mend() {
    bytesLeft.set(Long.MAX_VALUE);
    cut = false;
  }

  /** Leads new connections to another server. */
  public void leadTo(int otherServer) {
    server = otherServer;
  }

  /** Lets everything arrive that much later. */
  public void slowDown(Duration by) {
    delay = by;
  }

  /** Lets nothing the server sends through any more, or lets it flow again. */
  public void stall(boolean still) {
    stalled = still;
  }

  public int port() {
    return entrance.getLocalPort();
  }

  private void letIn() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        if (cut) {
          client.close();
          continue;
        }
        lead(client);
      } catch (IOException over) {
        // Closed, or the server is gone.
      }
    }
  }

  private void lead(Socket client) throws IOException {
    Socket behind;
    try {
      behind = new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (IOException refused) {
      client.close();
      return;
    }
    open.add(client);
    open.add(behind);
    Thread.ofVirtual().start(() -> carry(client, behind, false));
    Thread.ofVirtual().start(() -> carry(behind, client, true));
  }

  private void carry(Socket from, Socket to, boolean fromServer) {
    byte[] buffer = new byte[pieces];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hold(fromServer);
        out.write(buffer, 0, read);
        if (fromServer && bytesLeft.addAndGet(-read) < 0) {
          cut();
        }
      }
    } catch (IOException cutOff) {
      // That is what it is for.
    } finally {
      close(from);
      close(to);
    }
  }

  private void hold(boolean fromServer) {
    LockSupport.parkNanos(delay.toNanos());
    while (fromServer && stalled && !entrance.isClosed()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // Nothing more to end.
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
