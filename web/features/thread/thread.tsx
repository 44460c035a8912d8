import { Button, Skeleton, Stack } from "@mantine/core";
import { IconMessageCircle, IconMessageCircleOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { hasStatus } from "../../lib/api/api-error.ts";
import { conversationQuery } from "../../lib/api/conversations.ts";
import { threadQuery } from "../../lib/api/messages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { MessageList } from "./message-list.tsx";
import { NewMessageNews } from "./new-message-news.tsx";
import classes from "./thread.module.css";
import { ThreadHeader } from "./thread-header.tsx";
import { usePendingMessages } from "./use-pending-messages.ts";
import { useReading } from "./use-reading.ts";

type Props = {
  conversationId: number;
  personShown: boolean;
  onBack: () => void;
  onTogglePerson: () => void;
  /** Where one answers. */
  children: ReactNode;
};

/** The middle of the inbox: who it is, what was said. */
export function Thread({ conversationId, children, ...header }: Props) {
  const conversation = useQuery(conversationQuery(conversationId));
  const newest = useQuery(threadQuery(conversationId)).data?.messages.at(-1);
  useReading(conversation.data, newest);
  if (hasStatus(conversation.error, 404)) return <MissingConversation onBack={header.onBack} />;
  return (
    <div className={classes.thread}>
      <ThreadHeader conversation={conversation.data} {...header} />
      <div className={classes.body}>
        {conversation.isError && !conversation.data ? (
          <ErrorState what="The conversation" error={conversation.error} onRetry={() => void conversation.refetch()} />
        ) : (
          <Messages conversationId={conversationId} />
        )}
      </div>
      {conversation.data && children}
    </div>
  );
}

function MissingConversation({ onBack }: { onBack: () => void }) {
  return (
    <EmptyState
      icon={IconMessageCircleOff}
      title="This conversation is not here"
      action={
        <Button variant="default" size="xs" mt="xs" onClick={onBack}>
          Back to the list
        </Button>
      }
    >
      It was deleted, or the address is not quite right.
    </EmptyState>
  );
}

function Messages({ conversationId }: { conversationId: number }) {
  const thread = useQuery(threadQuery(conversationId));
  const pending = usePendingMessages(conversationId);
  if (thread.data && thread.data.messages.length + pending.length === 0) {
    return (
      <EmptyState icon={IconMessageCircle} title="No messages yet">
        What this person writes appears here by itself.
      </EmptyState>
    );
  }
  if (thread.data) {
    return (
      <>
        <MessageList conversationId={conversationId} thread={thread.data} pending={pending} />
        <NewMessageNews last={thread.data.messages.at(-1)} />
      </>
    );
  }
  if (thread.isError)
    return <ErrorState what="The messages" error={thread.error} onRetry={() => void thread.refetch()} />;
  return <ThreadSkeleton />;
}

function ThreadSkeleton() {
  return (
    <Stack p="lg" gap="md" style={{ flex: 1 }} role="status" aria-label="Loading messages" aria-busy="true">
      {[220, 300, 180, 260, 140].map((width, index) => (
        <Skeleton key={width} height={38} width={width} radius="lg" ml={index % 2 === 1 ? "auto" : 0} maw="70%" />
      ))}
    </Stack>
  );
}
