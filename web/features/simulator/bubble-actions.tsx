import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowBackUp, IconChevronDown, IconMoodOff, IconPencil, IconTrash } from "@tabler/icons-react";
import type { SimulatedMessage } from "../../../shared/v1/simulator.ts";
import classes from "./phone-bubble.module.css";
import { updateSimulator } from "./simulator-store.ts";
import { useSimulator } from "./use-simulator.ts";

const emojis = ["👍", "❤️", "😂", "🙏"];

/** What a customer does with a message: reacts, replies, deletes their own. */
export function BubbleActions({ message }: { message: SimulatedMessage }) {
  const { act } = useSimulator();
  const { id, author } = message;
  const react = (emoji: string) => void act({ type: "action", action: "react", message_id: id, emoji });
  const own = message.reactions.some((reaction) => reaction.author === "customer");
  const excerpt = message.text?.slice(0, 90) ?? message.type;
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon
          className={classes.actions}
          variant="subtle"
          color="gray"
          size={24}
          aria-label={`React or reply to: ${excerpt}`}
        >
          <IconChevronDown size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.emojis}>
          {emojis.map((emoji) => (
            <Menu.Item key={emoji} onClick={() => react(emoji)} aria-label={`React with ${emoji}`}>
              {emoji}
            </Menu.Item>
          ))}
        </div>
        {own && (
          <Menu.Item leftSection={<IconMoodOff size={16} />} onClick={() => react("")}>
            Take reaction back
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconArrowBackUp size={16} />}
          onClick={() => updateSimulator(() => ({ quoted: { id, excerpt, purpose: "reply" } }))}
        >
          Reply
        </Menu.Item>
        {author === "customer" && message.type === "text" && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => beginEdit(message)}>
            Edit
          </Menu.Item>
        )}
        {author === "customer" && (
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            onClick={() => void act({ type: "action", action: "revoke", message_id: id })}
          >
            Delete for everyone
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function beginEdit({ id, text }: SimulatedMessage): void {
  updateSimulator(() => ({ draft: text ?? "", quoted: { id, excerpt: text?.slice(0, 90) ?? "", purpose: "edit" } }));
}
