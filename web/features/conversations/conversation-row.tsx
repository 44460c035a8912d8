import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { isMail } from "../../lib/api/conversations.ts";
import { contactName } from "../../lib/contact-words.ts";
import { listTime } from "../../lib/format-time.ts";
import { pages } from "../../lib/paths.ts";
import { ListRow, listRowClass } from "../../ui/list-row.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { previewOf } from "./conversation-preview.ts";
import classes from "./conversation-row.module.css";

type Props = { conversation: Conversation; now: number; selected: boolean; onFocus: () => void };

export function ConversationRow({ conversation, now, selected, onFocus }: Props) {
  const { contact, last_message_at: lastAt, unread_count: unread } = conversation;
  return (
    <Link
      to={pages.conversation}
      params={{ conversationId: String(conversation.id) }}
      search={(search) => ({ ...search, pane: undefined })}
      className={listRowClass}
      data-unread={unread > 0 || undefined}
      data-conversation={conversation.id}
      aria-current={selected ? "true" : undefined}
      onFocus={onFocus}
    >
      <ListRow
        picture={<PersonAvatar name={contact.name} seed={conversation.contact_id} size={42} />}
        title={contactName(contact)}
        aside={lastAt && <time dateTime={lastAt}>{listTime(lastAt, now)}</time>}
        detail={previewOf(conversation)}
        badge={
          <>
            {isMail(conversation) && <span className={classes.word}>E-mail</span>}
            {conversation.status === "closed" && <span className={classes.word}>closed</span>}
            {unread > 0 && (
              <span className={classes.badge}>
                {unread > 99 ? "99+" : unread}
                <VisuallyHidden> unread</VisuallyHidden>
              </span>
            )}
          </>
        }
      />
    </Link>
  );
}
