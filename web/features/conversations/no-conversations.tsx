import { Button } from "@mantine/core";
import { IconDeviceMobileMessage, IconInbox, IconSearch } from "@tabler/icons-react";
import type { ConversationFilter } from "../../lib/api/conversations.ts";
import { useMay } from "../../lib/use-may.ts";
import { EmptyState } from "../../ui/empty-state.tsx";

type Props = { filter: ConversationFilter; onShowAll: () => void; onOpenSimulator: () => void };

/** Why the list is empty, and what to do about it. */
export function NoConversations({ filter, onShowAll, onOpenSimulator }: Props) {
  const may = useMay();
  const showAll = (
    <Button variant="default" size="xs" mt="xs" onClick={onShowAll}>
      Show all conversations
    </Button>
  );
  if (filter.q !== "") {
    return (
      <EmptyState icon={IconSearch} title={`Nobody found for “${filter.q}”`} action={showAll}>
        Any part of a name, number or e-mail address finds a person.
      </EmptyState>
    );
  }
  if (filter.status === "closed") {
    return (
      <EmptyState icon={IconInbox} title="Nothing is closed" action={showAll}>
        Conversations that are done with stand here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconInbox}
      title="No conversations yet"
      action={
        may.write && (
          <Button size="xs" mt="xs" leftSection={<IconDeviceMobileMessage size={16} />} onClick={onOpenSimulator}>
            Open the phone simulator
          </Button>
        )
      }
    >
      Messages to your WhatsApp number arrive here. {may.write && "To try it without one, write as a customer."}
    </EmptyState>
  );
}
