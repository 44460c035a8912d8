import { VisuallyHidden } from "@mantine/core";
import type { SimulatedMessage } from "../../../shared/v1/simulator.ts";
import { clockTime } from "../../lib/format-time.ts";
import { TickMarks } from "../../ui/tick-marks.tsx";
import { BubbleActions } from "./bubble-actions.tsx";
import { BubbleButtons } from "./bubble-buttons.tsx";
import { BubbleContent } from "./bubble-content.tsx";
import classes from "./phone-bubble.module.css";

/** One message on the customer's phone, from either side. */
export function PhoneBubble({ message, quoted }: { message: SimulatedMessage; quoted: string | undefined }) {
  const { author, reactions, revoked_at: revokedAt } = message;
  return (
    <div
      className={classes.row}
      data-author={author}
      data-reacted={reactions.length > 0 || undefined}
      data-testid="phone-message"
    >
      <div className={classes.bubble} data-author={author}>
        <VisuallyHidden>{author === "business" ? "The business:" : "The customer:"}</VisuallyHidden>
        {message.from_ad && <span className={classes.ad}>Came by an ad</span>}
        {quoted && <blockquote className={classes.quote}>{quoted}</blockquote>}
        {revokedAt ? (
          <span className={classes.gone}>You deleted this message</span>
        ) : (
          <BubbleContent message={message} />
        )}
        <span className={classes.meta}>
          {message.edited_at && !revokedAt && <span>edited</span>}
          <time dateTime={message.sent_at}>{clockTime(message.sent_at)}</time>
          {author === "customer" && <TickMarks status={message.status} />}
        </span>
        {reactions.length > 0 && (
          <span className={classes.reactions} title="Reactions">
            {reactions.map(({ emoji }) => emoji).join(" ")}
          </span>
        )}
      </div>
      {!revokedAt && <BubbleActions message={message} />}
      {!revokedAt && <BubbleButtons message={message} />}
    </div>
  );
}

/** The start of a message, where another one answers it. */
export function excerptOf(message: SimulatedMessage): string {
  if (message.revoked_at) return "A deleted message";
  return message.text?.slice(0, 90) ?? message.header ?? message.type.replaceAll("_", " ");
}
