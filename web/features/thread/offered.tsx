import { IconExternalLink, IconList, IconMapPin } from "@tabler/icons-react";
import { counted } from "../../lib/format-time.ts";
import { mediaLooks } from "./media-looks.ts";
import classes from "./offered.module.css";
import type { Offered, OfferedButton, OfferedSection } from "./offered-content.ts";

const headerLooks: typeof mediaLooks = { ...mediaLooks, location: { icon: IconMapPin, word: "Location" } };

/** As many rows of a list stand open; a longer one is opened by whoever wants to read it. */
const openRows = 4;

export function OfferedHeader({ header }: { header: NonNullable<Offered["header"]> }) {
  const { kind, text, link } = header;
  const looks = headerLooks[kind];
  if (!looks) return text === undefined ? null : <p className={classes.header}>{text}</p>;
  const words = text ?? looks.word;
  return (
    <p className={classes.header}>
      <looks.icon size={16} stroke={1.6} aria-hidden />{" "}
      {link ? (
        <a href={link.href} target="_blank" rel="noreferrer noopener" className={classes.link}>
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  );
}

/** Footer, and what the customer can tap. Nothing of it can be tapped here, except for a link. */
export function OfferedChoices({ offered }: { offered: Offered }) {
  const { footer, buttons, list } = offered;
  return (
    <>
      {footer !== undefined && <p className={classes.footer}>{footer}</p>}
      {buttons.length > 0 && (
        <ul className={classes.buttons} aria-label="Buttons">
          {buttons.map((button) => (
            <li key={`${button.title} ${button.link?.href}`} className={classes.button}>
              <Label button={button} />
            </li>
          ))}
        </ul>
      )}
      {list && <List list={list} />}
    </>
  );
}

function Label({ button: { title, link } }: { button: OfferedButton }) {
  if (!link) return title;
  return (
    <a href={link.href} title={link.href} target="_blank" rel="noreferrer noopener" className={classes.link}>
      {title} <span className={classes.host}>{link.host}</span> <IconExternalLink size={13} aria-hidden />
    </a>
  );
}

function List({ list: { button, sections } }: { list: NonNullable<Offered["list"]> }) {
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <details className={classes.list} open={count <= openRows}>
      <summary className={classes.summary}>
        <IconList size={14} aria-hidden /> {button} <span className={classes.host}>{counted(count, "row")}</span>
      </summary>
      {sections.map((section) => (
        <Section key={`${section.title} ${section.rows[0]?.title}`} section={section} />
      ))}
    </details>
  );
}

function Section({ section: { title, rows } }: { section: OfferedSection }) {
  return (
    <>
      {title !== undefined && <p className={classes.section}>{title}</p>}
      <ul className={classes.rows} aria-label={title ?? "Rows"}>
        {rows.map((row) => (
          <li key={`${row.title} ${row.description}`} className={classes.row}>
            {row.title}
            {row.description !== undefined && <span className={classes.description}>{row.description}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
