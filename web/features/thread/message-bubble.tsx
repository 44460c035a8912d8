import { Tooltip, VisuallyHidden } from "@mantine/core";
import type { Message } from "../../../shared/v1/conversation.ts";
import { clockTime, exactTime } from "../../lib/format-time.ts";
import { TickMarks } from "../../ui/tick-marks.tsx";
import { MessageBody } from "./message-body.tsx";
import classes from "./message-bubble.module.css";
import { MessageFate } from "./message-fate.tsx";
import { MessageFrame } from "./message-frame.tsx";

type Props = { message: Message; reactions: string[]; quoted: string | undefined; startsGroup: boolean };

/** One message of the thread. */
export function MessageBubble({ message, reactions, quoted, startsGroup }: Props) {
  if (message.type === "system") return <p className={classes.system}>{message.text ?? "The number was changed."}</p>;
  return (
    <div
      className={classes.row}
      data-direction={message.direction}
      data-starts-group={startsGroup || undefined}
      data-reacted={reactions.length > 0 || undefined}
      data-testid="message"
    >
      <div className={classes.bubble}>
        <VisuallyHidden>{message.direction === "in" ? "Customer:" : "We:"}</VisuallyHidden>
        {quoted && <blockquote className={classes.quote}>{quoted}</blockquote>}
        <MessageFrame message={message}>
          <MessageBody message={message} />
        </MessageFrame>
        <Meta message={message} />
        {reactions.length > 0 && (
          <span className={classes.reactions} title="Reactions">
            {reactions.join(" ")}
          </span>
        )}
      </div>
      <MessageFate message={message} />
    </div>
  );
}

function Meta({ message }: { message: Message }) {
  return (
    <Tooltip label={statusLines(message)} multiline openDelay={350} position="top" withinPortal>
      <span className={classes.meta}>
        {originWords[message.origin] && <span>{originWords[message.origin]}</span>}
        {message.edited_at && !message.revoked_at && <span>edited</span>}
        <time dateTime={message.sent_at}>{clockTime(message.sent_at)}</time>
        {message.direction === "out" && <TickMarks status={message.status ?? "sent"} />}
      </span>
    </Tooltip>
  );
}

const originWords: Record<string, string> = {
  echo: "from the phone",
  history: "imported",
  bot: "bot",
  campaign: "campaign",
  api: "API",
};

function statusLines(message: Message) {
  const lines = [
    `${message.direction === "out" ? "Written" : "Sent"} ${exactTime(message.sent_at)}`,
    message.accepted_at && `Accepted ${exactTime(message.accepted_at)}`,
    message.sent_to_network_at && `Sent ${exactTime(message.sent_to_network_at)}`,
    message.delivered_at && `Delivered ${exactTime(message.delivered_at)}`,
    message.read_at && `Read ${exactTime(message.read_at)}`,
    message.failed_at && `Failed ${exactTime(message.failed_at)}`,
    message.edited_at && `Edited ${exactTime(message.edited_at)}`,
    message.revoked_at && `Deleted ${exactTime(message.revoked_at)}`,
  ].filter(Boolean);
  return lines.map((line) => <div key={line}>{line}</div>);
}
