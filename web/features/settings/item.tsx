import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./area.module.css";

/** The rows of a list. */
export function Items({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.items} aria-label={label}>
      {children}
    </ul>
  );
}

type ItemProps = { title: ReactNode; detail: ReactNode; actions?: ReactNode; children?: ReactNode };

/** A name, a line below it, and what can be done with it. */
export function Item({ title, detail, actions, children }: ItemProps) {
  return (
    <li className={classes.item}>
      <div className={classes.itemWords}>
        <span className={classes.itemTitle}>{title}</span>
        <span className={classes.itemDetail}>{detail}</span>
      </div>
      {actions && <div className={classes.itemActions}>{actions}</div>}
      {children && <div className={classes.itemMore}>{children}</div>}
    </li>
  );
}

type ButtonProps = {
  label: string;
  /** The item's name, for who hears the button without its row. */
  of?: string;
  busy?: boolean;
  /** Of one that opens something below: whether that stands open. */
  expanded?: boolean;
  onClick: () => void;
};

/** One thing that can be done with an item. */
export function ItemButton({ label, of, busy = false, expanded, onClick }: ButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={of === undefined ? undefined : `${label} ${of}`}
      aria-expanded={expanded}
      loading={busy}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

/** The rest of what can be done with an item. */
export function ItemMenu({ label, busy, children }: { label: string; busy: boolean; children: ReactNode }) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={label} loading={busy}>
          <IconDots size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
