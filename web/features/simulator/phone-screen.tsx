import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef } from "react";
import { PhoneMessage } from "./phone-message.tsx";
import classes from "./phone-screen.module.css";
import { samples } from "./samples.ts";
import { updateSimulator } from "./simulator-store.ts";
import { useSimulator } from "./use-simulator.ts";

/** The drawn phone: what this customer sent, samples to tap, and a field to write in. */
export function PhoneScreen({ businessName }: { businessName: string }) {
  const { customer, draft, sent, send, retry } = useSimulator();
  const shown = sent.filter(({ from }) => from.phone === customer.phone && from.userId === customer.userId);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown.length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [shown.length]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = draft.trim();
    if (text === "") return;
    updateSimulator(() => ({ draft: "" }));
    send({ type: "text", text });
  };
  return (
    <div className={classes.phone}>
      <div className={classes.screen}>
        <div className={classes.bar}>{businessName}</div>
        <div className={classes.wall} role="log" aria-label="Sent as the customer">
          {shown.length === 0 && (
            <p className={classes.hint}>Write something, or tap a sample below. Then watch the inbox.</p>
          )}
          {shown.map((message) => (
            <PhoneMessage key={message.key} message={message} onRetry={() => retry(message)} />
          ))}
          <div ref={end} />
        </div>
        <div className={classes.chips}>
          {samples.map((sample) => (
            <UnstyledButton
              key={sample.label}
              className={classes.chip}
              onClick={() => send(sample.content(customer.name))}
            >
              {sample.label}
            </UnstyledButton>
          ))}
        </div>
        <form className={classes.composer} onSubmit={submit}>
          <textarea
            className={classes.input}
            rows={1}
            maxLength={4096}
            aria-label="Message as the customer"
            placeholder="Message"
            value={draft}
            onChange={(event) => updateSimulator(() => ({ draft: event.target.value }))}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
            }}
          />
          <ActionIcon
            type="submit"
            size={40}
            radius="xl"
            aria-label="Send as the customer"
            disabled={draft.trim() === ""}
          >
            <IconSend2 size={19} />
          </ActionIcon>
        </form>
      </div>
    </div>
  );
}
