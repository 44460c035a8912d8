import type { ReactNode } from "react";
import { useId } from "react";
import classes from "./section.module.css";

type Props = { title: string; count?: number | undefined; aside?: ReactNode; children: ReactNode };

/** A titled part of a card. */
export function Section({ title, count, aside, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <header className={classes.header}>
        <h3 id={id} className={classes.title}>
          {title}
          {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
        </h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
