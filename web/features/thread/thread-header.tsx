import { ActionIcon, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconArrowLeft, IconUserCircle } from "@tabler/icons-react";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { isMail } from "../../lib/api/conversations.ts";
import { contactName, phoneWords } from "../../lib/contact-words.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { Pill } from "../../ui/pill.tsx";
import { ConversationMenu } from "./conversation-menu.tsx";
import classes from "./thread.module.css";
import { WindowBadge } from "./window-badge.tsx";

type Props = {
  conversation: Conversation | undefined;
  personShown: boolean;
  onBack: () => void;
  onTogglePerson: () => void;
};

export function ThreadHeader({ conversation, personShown, onBack, onTogglePerson }: Props) {
  return (
    <header className={classes.header}>
      <ActionIcon
        className={classes.back}
        variant="subtle"
        color="gray"
        size={40}
        aria-label="Back to the list"
        onClick={onBack}
      >
        <IconArrowLeft size={20} />
      </ActionIcon>
      {conversation ? (
        <Person conversation={conversation} onOpen={onTogglePerson} />
      ) : (
        <Skeleton height={36} width={180} />
      )}
      {conversation && isMail(conversation) && <Pill>E-mail</Pill>}
      {conversation && !isMail(conversation) && <WindowBadge expiresAt={conversation.window_expires_at} />}
      {conversation && <ConversationMenu conversation={conversation} />}
      <ActionIcon
        className={classes.personToggle}
        variant={personShown ? "light" : "subtle"}
        color={personShown ? "pine" : "gray"}
        size={36}
        aria-label="The person's card"
        aria-pressed={personShown}
        onClick={onTogglePerson}
      >
        <IconUserCircle size={21} stroke={1.7} />
      </ActionIcon>
    </header>
  );
}

function Person({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const { contact } = conversation;
  return (
    <UnstyledButton className={classes.person} onClick={onOpen} aria-label={`${contactName(contact)}: open the card`}>
      <PersonAvatar name={contact.name} seed={conversation.contact_id} size={36} />
      <span className={classes.personWords}>
        <Text span fw={600} truncate component="h2" m={0} fz="md">
          {contactName(contact)}
        </Text>
        <Text span fz="xs" c="dimmed" truncate>
          {phoneWords(contact.phone)}
        </Text>
      </span>
    </UnstyledButton>
  );
}
