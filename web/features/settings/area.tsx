import { ActionIcon, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { pages } from "../../lib/paths.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import classes from "./area.module.css";

type Props = {
  title: string;
  intro: ReactNode;
  /** What is made here. */
  action?: ReactNode;
  children: ReactNode;
};

/** One area of the settings: what it is for, what can be made, what there is. */
export function Area({ title, intro, action, children }: Props) {
  return (
    <div className={classes.area}>
      <header className={classes.head}>
        <ActionIcon
          className={classes.back}
          renderRoot={(props) => <Link to={pages.settings} {...props} />}
          variant="subtle"
          color="gray"
          size={40}
          aria-label="Back to the settings"
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          <p className={classes.intro}>{intro}</p>
        </div>
        {action && <div className={classes.action}>{action}</div>}
      </header>
      {children}
    </div>
  );
}

type Loaded<Item> = {
  data: { data: Item[] } | undefined;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
};

type ListProps<Item> = {
  /** "The teams", for what did not come. */
  what: string;
  query: Loaded<Item>;
  /** What stands here while there is none. */
  none: ReactNode;
  children: (items: Item[]) => ReactNode;
};

/** A list that is on its way, did not come, is empty, or is there. */
export function AreaList<Item>({ what, query, none, children }: ListProps<Item>) {
  const items = query.data?.data;
  if (!items && query.isError)
    return <ErrorState what={what} error={query.error} onRetry={() => void query.refetch()} />;
  if (!items)
    return (
      <div role="status" aria-busy="true" aria-label={`Loading: ${what}`} className={classes.items}>
        {[1, 2, 3].map((key) => (
          <Skeleton key={key} height={62} radius="md" />
        ))}
      </div>
    );
  return items.length === 0 ? <div className={classes.none}>{none}</div> : children(items);
}

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
