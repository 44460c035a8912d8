import { UnstyledButton } from "@mantine/core";
import { IconDeviceMobileMessage, IconInbox } from "@tabler/icons-react";
import classes from "./phone-tabs.module.css";

type Props = { phoneShown: boolean; onShow: (shown: "shown" | "hidden") => void };

/** On a narrow screen: thumb-sized tabs at the bottom. */
export function PhoneTabs({ phoneShown, onShow }: Props) {
  return (
    <nav className={classes.tabs} aria-label="Screens">
      <UnstyledButton
        className={classes.tab}
        aria-current={phoneShown ? undefined : "page"}
        onClick={() => onShow("hidden")}
      >
        <IconInbox size={21} stroke={1.7} />
        Inbox
      </UnstyledButton>
      <UnstyledButton
        className={classes.tab}
        aria-current={phoneShown ? "page" : undefined}
        onClick={() => onShow("shown")}
      >
        <IconDeviceMobileMessage size={21} stroke={1.7} />
        Phone
      </UnstyledButton>
    </nav>
  );
}
