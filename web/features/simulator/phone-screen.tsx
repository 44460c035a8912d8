import { UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { PendingBubble } from "./pending-bubble.tsx";
import { excerptOf, PhoneBubble } from "./phone-bubble.tsx";
import { PhoneComposer } from "./phone-composer.tsx";
import { PhoneMenu } from "./phone-menu.tsx";
import classes from "./phone-screen.module.css";
import { samples } from "./samples.ts";
import { type PhoneThread, usePhoneThread } from "./use-phone-thread.ts";
import { useSimulator } from "./use-simulator.ts";

/** The drawn phone: what both sides wrote, what can be tapped, and a field to write in. */
export function PhoneScreen({ businessName }: { businessName: string }) {
  const { customer, pending, send } = useSimulator();
  const thread = usePhoneThread(customer, pending);
  const note = stateWords(thread);
  return (
    <div className={classes.phone}>
      <div className={classes.screen}>
        <div className={classes.bar}>
          <div className={classes.who}>
            <span className={classes.business}>{businessName}</span>
            <span className={classes.state} aria-live="polite">
              {note}
            </span>
          </div>
          <PhoneMenu thread={thread} />
        </div>
        <Wall thread={thread} />
        <div className={classes.chips}>
          {samples.map((sample) => (
            <UnstyledButton key={sample.label} className={classes.chip} onClick={() => send(sample.act(customer.name))}>
              {sample.label}
            </UnstyledButton>
          ))}
        </div>
        <PhoneComposer />
      </div>
    </div>
  );
}

function Wall({ thread }: { thread: PhoneThread }) {
  const { retry, quoted: answering } = useSimulator();
  const { messages, pending, problem } = thread;
  const wall = useRef<HTMLDivElement>(null);
  const answered = answering?.id;
  const last = pending.at(-1)?.key ?? messages.at(-1)?.id;
  useEffect(() => {
    // Only the wall itself: scrolling the element into view would move the page on a small screen.
    if (last !== undefined || answered !== undefined) wall.current?.scrollTo({ top: wall.current.scrollHeight });
  }, [last, answered]);
  const byId = new Map(messages.map((message) => [message.id, message]));
  const quoted = (id: string | null) => {
    const target = id === null ? undefined : byId.get(id);
    return target && excerptOf(target);
  };
  return (
    <div ref={wall} className={classes.wall} role="log" aria-label="The customer's phone">
      {messages.length + pending.length === 0 && (
        <p className={classes.hint}>
          {problem ?? "Write something, or tap a sample below. It takes the real route in: watch the inbox."}
        </p>
      )}
      {messages.map((message) => (
        <PhoneBubble key={message.id} message={message} quoted={quoted(message.reply_to)} />
      ))}
      {pending.map((message) => (
        <PendingBubble key={message.key} message={message} onRetry={() => retry(message)} />
      ))}
    </div>
  );
}

function stateWords({ phone }: PhoneThread): string {
  if (phone?.switched_off) return "this phone is switched off";
  return phone?.typing ? "typing…" : "business account";
}
