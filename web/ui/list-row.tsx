import type { ReactNode } from "react";
import classes from "./list-row.module.css";

type Props = {
  picture: ReactNode;
  title: string;
  aside?: ReactNode;
  detail: ReactNode;
  badge?: ReactNode;
  note?: string | undefined;
};

/** What stands in a row of a list of people: picture, name, a word at the right, a line below; in a tall one a note too. */
export function ListRow({ picture, title, aside, detail, badge, note }: Props) {
  return (
    <>
      {picture}
      <span className={classes.words}>
        <span className={classes.line}>
          <span className={classes.title}>{title}</span>
          {aside && <span className={classes.aside}>{aside}</span>}
        </span>
        <span className={classes.line}>
          <span className={classes.detail}>{detail}</span>
          {badge}
        </span>
        {note && (
          <span className={classes.note} title={note}>
            {note}
          </span>
        )}
      </span>
    </>
  );
}

export const listRowClass = classes.row;
