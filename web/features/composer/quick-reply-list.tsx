import classes from "./quick-reply-list.module.css";
import type { QuickReplies } from "./use-quick-replies.ts";

/** The prepared answers above the field. */
export function QuickReplyList({ id, replies: { found, chosen, choose } }: { id: string; replies: QuickReplies }) {
  if (found.length === 0) return null;
  return (
    <div id={id} className={classes.list} role="listbox" aria-label="Prepared answers">
      {found.map((reply, index) => (
        // The field keeps the focus and the keys; a pointer may choose as well.
        <div
          key={reply.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={classes.option}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(reply);
          }}
        >
          <span className={classes.shortcut}>/{reply.shortcut}</span>
          <span className={classes.text}>{reply.title || reply.text}</span>
        </div>
      ))}
    </div>
  );
}
