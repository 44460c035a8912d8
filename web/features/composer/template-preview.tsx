import type { TemplateLook } from "./template-parts.ts";
import classes from "./template-preview.module.css";

/** A template as it will stand on the customer's phone. */
export function TemplatePreview({ preview }: { preview: TemplateLook }) {
  return (
    <figure className={classes.wall} aria-label="Preview">
      <Look {...preview} />
      {preview.cards.length > 0 && (
        <div className={classes.cards}>
          {preview.cards.map((card, index) => (
            // Cards have nothing of their own but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
            <div key={index} className={classes.card}>
              <Look {...card} />
            </div>
          ))}
        </div>
      )}
    </figure>
  );
}

function Look({ media, header, body, footer, buttons }: TemplateLook) {
  return (
    <>
      <div className={classes.bubble}>
        {media && <div className={classes.media}>{media}</div>}
        {header && <p className={classes.header}>{header}</p>}
        <p className={classes.body}>{body}</p>
        {footer && <p className={classes.footer}>{footer}</p>}
      </div>
      {buttons.map((label) => (
        <div key={label} className={classes.button}>
          {label}
        </div>
      ))}
    </>
  );
}
