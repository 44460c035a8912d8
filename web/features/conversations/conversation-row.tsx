import { Link } from "@tanstack/react-router";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { isMail } from "../../lib/api/conversations.ts";
import { contactName } from "../../lib/contact-words.ts";
import { listTime } from "../../lib/format-time.ts";
import { pages } from "../../lib/paths.ts";
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
      className={classes.row}
      data-unread={unread > 0 || undefined}
      data-conversation={conversation.id}
      aria-current={selected ? "true" : undefined}
      onFocus={onFocus}
    >
      <PersonAvatar name={contact.name} seed={conversation.contact_id} size={42} />
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.name}>{contactName(contact)}</span>
          {lastAt && (
            <time className={classes.time} dateTime={lastAt}>
              {listTime(lastAt, now)}
            </time>
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.preview}>{previewOf(conversation)}</span>
          {isMail(conversation) && <span className={classes.closed}>E-mail</span>}
          {conversation.status === "closed" && <span className={classes.closed}>closed</span>}
          {unread > 0 && (
            <span className={classes.badge}>
              {unread > 99 ? "99+" : unread}
              <span className={classes.hidden}> unread</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}
