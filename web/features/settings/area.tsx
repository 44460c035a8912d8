import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { IconArrowLeft, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { pages } from "../../lib/paths.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import classes from "./area.module.css";
import { Items } from "./item.tsx";

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

type LoadedProps<Item> = {
  /** "The teams", for what did not come. */
  what: string;
  query: Loaded<Item>;
  children: (items: Item[]) => ReactNode;
};

/** What is on its way, did not come, or is there. */
export function LoadedItems<Item>({ what, query, children }: LoadedProps<Item>) {
  const items = query.data?.data;
  if (items) return children(items);
  if (query.isError) return <ErrorState what={what} error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div role="status" aria-busy="true" aria-label={`Loading: ${what}`} className={classes.items}>
      {[1, 2, 3].map((key) => (
        <Skeleton key={key} height={62} radius="md" />
      ))}
    </div>
  );
}

type ListProps<Item> = Pick<Props, "title" | "intro"> &
  Pick<LoadedProps<Item>, "what" | "query"> & {
    /** On the button that makes one more. */
    make: string;
    makeIcon?: typeof IconPlus;
    /** What stands here while there is none. */
    none?: ReactNode;
    row: (item: Item) => ReactNode;
    /** Below the list, once it is there. */
    below?: ReactNode;
    /** The dialogs of the area. */
    children: ReactNode;
    onMake: () => void;
  };

/** An area that is a list: each item with what can be done with it, and one more can be made. */
export function ListArea<Item extends { id: number }>(props: ListProps<Item>) {
  const { title, intro, what, query, make, makeIcon: Icon = IconPlus, none, row, below, children, onMake } = props;
  const action = (
    <Button leftSection={<Icon size={17} />} onClick={onMake}>
      {make}
    </Button>
  );
  return (
    <Area title={title} intro={intro} action={action}>
      <LoadedItems what={what} query={query}>
        {(items) => (
          <>
            {items.length === 0 ? (
              <div className={classes.none}>{none}</div>
            ) : (
              <Items label={title}>
                {items.map((item) => (
                  <Fragment key={item.id}>{row(item)}</Fragment>
                ))}
              </Items>
            )}
            {below}
          </>
        )}
      </LoadedItems>
      {children}
    </Area>
  );
}
