package io.colloquy.app.process;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc.CommandServiceImplBase;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.NodeInfo;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc.PlatformServiceImplBase;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc.QueryServiceImplBase;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * As much of Axon Server as carries commands between nodes, by its protocol. Every command is
 * handled by another node than the one that sent it, as long as there is one.
 */
final class AxonServerStandIn implements AutoCloseable {

  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final Map<String, StreamObserver<CommandResponse>> waiting = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
  private final Server server;

  private AxonServerStandIn() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .maxInboundMessageSize(64 * 1024 * 1024)
            .addService(new Platform())
            .addService(new Commands())
            .addService(new Queries())
            .build()
            .start();
  }

  static AxonServerStandIn start() throws IOException {
    return new AxonServerStandIn();
  }

  int port() {
    return server.getPort();
  }

  /** How many commands a node has been given to handle. */
  int givenTo(String node) {
    return handled.getOrDefault(node, new AtomicInteger()).get();
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  /** What a node handles. */
  private record Handler(Set<String> commands, StreamObserver<CommandProviderInbound> inbound) {

    void send(CommandProviderInbound message) {
      synchronized (inbound) {
        inbound.onNext(message);
      }
    }
  }

  private final class Commands extends CommandServiceImplBase {

    @Override
    public StreamObserver<CommandProviderOutbound> openStream(
        StreamObserver<CommandProviderInbound> inbound) {
      Handler handler = new Handler(ConcurrentHashMap.newKeySet(), inbound);
      return taking(
          message -> {
            switch (message.getRequestCase()) {
              case SUBSCRIBE -> {
                CommandSubscription subscription = message.getSubscribe();
                handler.commands().add(subscription.getCommand());
                handlers.put(subscription.getClientId(), handler);
              }
              case UNSUBSCRIBE -> handler.commands().remove(message.getUnsubscribe().getCommand());
              case COMMAND_RESPONSE -> answer(message.getCommandResponse());
              default -> {
                // How much a node can take plays no part here.
              }
            }
            if (!message.getInstructionId().isEmpty()) {
              handler.send(
                  CommandProviderInbound.newBuilder()
                      .setAck(ack(message.getInstructionId()))
                      .build());
            }
          },
          () -> {
            handlers.values().remove(handler);
            inbound.onCompleted();
          });
    }

    private void answer(CommandResponse response) {
      StreamObserver<CommandResponse> sender = waiting.remove(response.getRequestIdentifier());
      if (sender != null) {
        sender.onNext(response);
        sender.onCompleted();
      }
    }

    @Override
    public void dispatch(Command command, StreamObserver<CommandResponse> sender) {
      handlers.entrySet().stream()
          .filter(node -> node.getValue().commands().contains(command.getName()))
          .min(
              (a, b) ->
                  Boolean.compare(isSender(a.getKey(), command), isSender(b.getKey(), command)))
          .ifPresentOrElse(
              node -> {
                waiting.put(command.getMessageIdentifier(), sender);
                handled.computeIfAbsent(node.getKey(), id -> new AtomicInteger()).incrementAndGet();
                node.getValue()
                    .send(CommandProviderInbound.newBuilder().setCommand(command).build());
              },
              () -> sender.onError(Status.UNAVAILABLE.asRuntimeException()));
    }

    private static boolean isSender(String node, Command command) {
      return node.equals(command.getClientId());
    }
  }

  private final class Platform extends PlatformServiceImplBase {

    @Override
    public void getPlatformServer(
        ClientIdentification client, StreamObserver<PlatformInfo> answer) {
      answer.onNext(
          PlatformInfo.newBuilder()
              .setPrimary(
                  NodeInfo.newBuilder()
                      .setNodeName("stand-in")
                      .setHostName("localhost")
                      .setGrpcPort(server.getPort()))
              .setSameConnection(true)
              .build());
      answer.onCompleted();
    }

    @Override
    public StreamObserver<PlatformInboundInstruction> openStream(
        StreamObserver<PlatformOutboundInstruction> outbound) {
      return taking(
          instruction -> {
            if (!instruction.getInstructionId().isEmpty()) {
              outbound.onNext(
                  PlatformOutboundInstruction.newBuilder()
                      .setAck(ack(instruction.getInstructionId()))
                      .build());
            }
          },
          outbound::onCompleted);
    }
  }

  private static final class Queries extends QueryServiceImplBase {

    @Override
    public StreamObserver<QueryProviderOutbound> openStream(
        StreamObserver<QueryProviderInbound> inbound) {
      return taking(
          message -> {
            if (!message.getInstructionId().isEmpty()) {
              inbound.onNext(
                  QueryProviderInbound.newBuilder()
                      .setAck(ack(message.getInstructionId()))
                      .build());
            }
          },
          inbound::onCompleted);
    }
  }

  private static InstructionAck ack(String instructionId) {
    return InstructionAck.newBuilder().setInstructionId(instructionId).setSuccess(true).build();
  }

  private static <T> StreamObserver<T> taking(Consumer<T> each, Runnable atEnd) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T message) {
        each.accept(message);
      }

      @Override
      public void onError(Throwable lost) {
        // The node has gone without a word; there is nobody to answer.
      }

      @Override
      public void onCompleted() {
        atEnd.run();
      }
    };
  }
}
