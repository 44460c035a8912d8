import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { actOnMessage, type MessageAct } from "../../lib/api/sending.ts";
import { useMay } from "../../lib/use-may.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import classes from "./message-bubble.module.css";
import { failureOf } from "./message-content.ts";

/** What holds a message up or ended it, in words, and what can be done. Waiting never looks like failure. */
export function MessageFate({ message }: { message: Message }) {
  const act = useMessageAct(message);
  if (message.direction === "in") return null;
  switch (message.status) {
    case "failed":
      return (
        <Fate tone="bad" words={`Not delivered: ${message.status_reason ?? failureOf(message)}`}>
          <Action label="Send again" onClick={() => act("retry")} />
        </Fate>
      );
    case "unknown":
      return (
        <Fate tone="quiet" words={message.status_reason ?? "WhatsApp has not confirmed this message yet."}>
          <Action label="Send again" onClick={() => act("settle", { settlement: "send_again" })} />
          <Action label="It was not sent" onClick={() => act("settle", { settlement: "not_sent" })} />
        </Fate>
      );
    case "cancelled":
      return <Fate tone="quiet" words="Taken back before it was sent" />;
    case "queued":
      if (message.status_reason === null) return null;
      return (
        <Fate tone="quiet" words={`Waits: ${message.status_reason}`}>
          <Action label="Take back" onClick={() => act("cancel")} />
        </Fate>
      );
    default:
      return null;
  }
}

function Fate({ tone, words, children }: { tone: "bad" | "quiet"; words: string; children?: ReactNode }) {
  return (
    <div className={classes.fate} data-tone={tone} data-testid="message-fate">
      <span>{words}</span>
      {children}
    </div>
  );
}

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  if (!useMay().write) return null;
  return (
    <Button size="compact-xs" variant="subtle" onClick={onClick}>
      {label}
    </Button>
  );
}

function useMessageAct({ id, conversation_id: conversationId }: Message): (act: MessageAct, body?: object) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ act, body }: { act: MessageAct; body: object }) => actOnMessage(id, act, body),
    onError: (error) => showProblem("Nothing was changed", wordsOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ["messages", conversationId] }),
  });
  return (act, body = {}) => mutate({ act, body });
}
