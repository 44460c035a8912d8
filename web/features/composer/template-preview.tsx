import type { TemplatePart } from "./template-fields.ts";
import classes from "./template-preview.module.css";

/** A template as it will stand on the customer's phone. */
export function TemplatePreview({ preview }: { preview: TemplatePart }) {
  return (
    <figure className={classes.wall} aria-label="Preview">
      <div className={classes.bubble}>
        {preview.media && <div className={classes.media}>{preview.media}</div>}
        {preview.header && <p className={classes.header}>{preview.header}</p>}
        <p className={classes.body}>{preview.body}</p>
        {preview.footer && <p className={classes.footer}>{preview.footer}</p>}
      </div>
      {preview.buttons.map((label) => (
        <div key={label} className={classes.button}>
          {label}
        </div>
      ))}
    </figure>
  );
}
