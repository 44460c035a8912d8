import { ActionIcon, Menu } from "@mantine/core";
import {
  IconAlarm,
  IconAlarmOff,
  IconArchive,
  IconArchiveOff,
  IconDotsVertical,
  IconRobot,
  IconRobotOff,
  IconUserCheck,
  IconUserOff,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { meQuery } from "../../lib/api/session.ts";
import { useMay } from "../../lib/use-may.ts";
import { useConversationActs } from "./use-conversation-acts.ts";

/** What a person does with a conversation besides answering it. */
export function ConversationMenu({ conversation }: { conversation: Conversation }) {
  const acts = useConversationActs(conversation);
  const { data: me } = useQuery(meQuery);
  const { write } = useMay();
  if (!write) return null;
  const mine = conversation.assignee_user_id !== null && conversation.assignee_user_id === me?.id;
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label="More about this conversation">
          <IconDotsVertical size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {conversation.status === "closed" ? (
          <Item icon={<IconArchiveOff size={17} />} onClick={acts.reopen}>
            Reopen
          </Item>
        ) : (
          <Item icon={<IconArchive size={17} />} onClick={acts.close}>
            Close
          </Item>
        )}
        {conversation.status === "snoozed" ? (
          <Item icon={<IconAlarmOff size={17} />} onClick={acts.reopen}>
            Wake up
          </Item>
        ) : (
          <Item icon={<IconAlarm size={17} />} onClick={acts.snooze}>
            Snooze until tomorrow, 9:00
          </Item>
        )}
        <Menu.Divider />
        {mine ? (
          <Item icon={<IconUserOff size={17} />} onClick={acts.release}>
            Give it back to the team
          </Item>
        ) : (
          me?.id && (
            <Item icon={<IconUserCheck size={17} />} onClick={() => acts.take(me.id)}>
              Assign to me
            </Item>
          )
        )}
        {conversation.bot_enabled ? (
          <Item icon={<IconRobotOff size={17} />} onClick={acts.silenceBot}>
            Take the bot out
          </Item>
        ) : (
          <Item icon={<IconRobot size={17} />} onClick={acts.letBotAnswer}>
            Let the bot answer
          </Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
