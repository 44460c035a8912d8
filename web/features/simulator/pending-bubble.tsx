import { Anchor } from "@mantine/core";
import type { SimulatedContent } from "../../lib/api/simulator.ts";
import { clockTime } from "../../lib/format-time.ts";
import { TickMarks } from "../../ui/tick-marks.tsx";
import classes from "./phone-screen.module.css";
import type { SentMessage } from "./simulator-store.ts";

/** A bubble on the customer's phone, with its tick once the webhook took it in. */
export function PhoneMessage({ message, onRetry }: { message: SentMessage; onRetry: () => void }) {
  return (
    <div className={classes.message} data-state={message.state} data-testid="phone-message">
      <span className={classes.text}>{wordsOf(message.content)}</span>
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

function tickOf(state: SentMessage["state"]): string {
  if (state === "failed") return "failed";
  return state === "sent" ? "delivered" : "queued";
}

function wordsOf(content: SimulatedContent): string {
  switch (content.type) {
    case "text":
      return content.text;
    case "image":
      return `📷 ${content.content.caption}`;
    case "location":
      return `📍 ${content.content.name}`;
    case "button":
      return `⬒ ${content.content.text}`;
  }
}
