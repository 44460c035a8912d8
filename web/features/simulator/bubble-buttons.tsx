import { Menu, UnstyledButton } from "@mantine/core";
import { IconCornerUpLeft, IconExternalLink, IconList } from "@tabler/icons-react";
import type { SimulatedMessage } from "../../../shared/v1/simulator.ts";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./phone-bubble.module.css";
import { useSimulator } from "./use-simulator.ts";

/** What can be tapped below a message: its buttons, or the rows of its list. */
export function BubbleButtons({ message }: { message: SimulatedMessage }) {
  const { send } = useSimulator();
  const { id, buttons, list_button: listButton, list_sections: sections } = message;
  if (buttons.length === 0 && listButton === null) return null;
  return (
    <div className={classes.buttons}>
      {buttons.map((button, index) => (
        <Tappable
          key={`${button.kind} ${button.title}`}
          button={button}
          onAnswer={() => send({ type: "action", action: "tap", message_id: id, button: index, text: button.title })}
        />
      ))}
      {listButton !== null && (
        <Menu position="top" width={260} withArrow>
          <Menu.Target>
            <UnstyledButton className={classes.button}>
              <IconList size={15} aria-hidden /> {listButton}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
            {sections.map((section) => [
              section.title && <Menu.Label key={`${section.title} label`}>{section.title}</Menu.Label>,
              ...section.rows.map((row) => (
                <Menu.Item
                  key={row.id}
                  onClick={() =>
                    send({ type: "action", action: "choose", message_id: id, row_id: row.id, text: row.title })
                  }
                >
                  {row.title}
                  {row.description && <span className={classes.description}>{row.description}</span>}
                </Menu.Item>
              )),
            ])}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

type Button = SimulatedMessage["buttons"][number];

function Tappable({ button, onAnswer }: { button: Button; onAnswer: () => void }) {
  const { kind, title, value } = button;
  switch (kind) {
    case "reply":
      return (
        <UnstyledButton className={classes.button} onClick={onAnswer}>
          <IconCornerUpLeft size={15} aria-hidden /> {title}
        </UnstyledButton>
      );
    case "url":
      return (
        <a className={classes.button} href={value} target="_blank" rel="noreferrer noopener">
          <IconExternalLink size={15} aria-hidden /> {title}
        </a>
      );
    case "phone":
    case "copy_code":
    case "other":
      return (
        <UnstyledButton
          className={classes.button}
          onClick={() => showDone(value === "" ? "Nothing is behind this button here." : `${title}: ${value}`)}
        >
          {title}
        </UnstyledButton>
      );
  }
}
