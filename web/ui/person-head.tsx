import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { PersonAvatar } from "./person-avatar.tsx";
import classes from "./person-head.module.css";

type Props = {
  /** For the picture. */
  person: { id: number; name: string };
  title: string;
  detail: string;
  onBack: () => void;
  /** What can be chosen and done. */
  children: ReactNode;
};

/** The head of a page about one person; the way back shows where list and page are one after the other. */
export function PersonHead({ person, title, detail, onBack, children }: Props) {
  return (
    <header className={classes.head}>
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
      <PersonAvatar name={person.name} seed={person.id} size={56} />
      <div className={classes.who}>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.detail}>{detail}</p>
      </div>
      {children}
    </header>
  );
}
