package io.colloquy.app.conversation;

import io.colloquy.api.access.Actor;
import io.colloquy.app.access.Caller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The reference guide's universal action handler. */
@RestController
class WidgetActionController {

  private final Conversations conversations;

  WidgetActionController(Conversations conversations) {
    this.conversations = conversations;
  }

  @PostMapping("/api/widget/action")
  ObjectNode invoke(@RequestBody Conversations.ActionRequest request, @Caller Actor actor) {
    return conversations.invokeAndWait(request, UserContext.narrow(actor, request.userContext()));
  }
}
