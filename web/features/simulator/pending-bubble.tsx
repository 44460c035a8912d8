import { Anchor } from "@mantine/core";
import type { SimulatedAct } from "../../lib/api/simulator.ts";
import { clockTime } from "../../lib/format-time.ts";
import { TickMarks } from "../../ui/tick-marks.tsx";
import classes from "./phone-bubble.module.css";
import type { PendingMessage } from "./simulator-store.ts";

/** A bubble that the webhook has not taken in yet. */
export function PendingBubble({ message, onRetry }: { message: PendingMessage; onRetry: () => void }) {
  return (
    <div className={classes.bubble} data-author="customer" data-state={message.state} data-testid="phone-message">
      <span className={classes.text}>{wordsOf(message.act)}</span>
      <span className={classes.meta}>
        <time dateTime={message.at}>{clockTime(message.at)}</time>
        <TickMarks status={tickOf(message.state)} />
      </span>
      {message.state === "failed" && (
        <span className={classes.problem} role="alert">
          Not sent: {message.problem}{" "}
          <Anchor component="button" type="button" fz="xs" c="inherit" underline="always" onClick={onRetry}>
            Try again
          </Anchor>
        </span>
      )}
    </div>
  );
}

function tickOf(state: PendingMessage["state"]): string {
  if (state === "failed") return "failed";
  return state === "sent" ? "delivered" : "queued";
}

function wordsOf(act: SimulatedAct): string {
  if (act.type === "text") return act.text;
  switch (act.action) {
    case "picture":
      return `📷 ${act.text ?? "Picture"}`;
    case "voice_note":
      return "🎤 Voice note";
    case "location":
      return "📍 Location";
    case "several":
      return (act.texts ?? []).join("\n");
    default:
      return act.text ?? "…";
  }
}
