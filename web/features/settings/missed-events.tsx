import type { WebhookResumed } from "../../../shared/v1/webhook.ts";
import { replayWebhook } from "../../lib/api/webhooks.ts";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { ItemButton } from "./item.tsx";
import { useAct } from "./use-act.ts";
import { missedWords } from "./webhook-words.ts";

type Props = { webhookId: number; missed: NonNullable<WebhookResumed["missed"]>; onSent: () => void };

/** After an endpoint is resumed: how much it was not told, and sending it. */
export function MissedEvents({ webhookId, missed, onSent }: Props) {
  const replay = useAct({
    run: () => replayWebhook(webhookId, missed.since),
    renews: "webhooks",
    failed: "What was missed was not sent",
    done: ({ queued }) => {
      showDone(queued === 1 ? "One event is on its way." : `${queued.toLocaleString()} events are on their way.`);
      onSent();
    },
  });
  return (
    <p className={classes.trouble} role="status">
      {missedWords(missed)} <ItemButton label="Send them" busy={replay.isPending} onClick={replay.mutate} />
    </p>
  );
}
