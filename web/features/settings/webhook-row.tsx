import { Menu, Modal } from "@mantine/core";
import { useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { actOnWebhook, deleteWebhook, resumeWebhook, rotateWebhookSecret } from "../../lib/api/webhooks.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { ConfirmButton } from "./confirm-button.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { Item, ItemButton, ItemMenu } from "./item.tsx";
import { MissedEvents } from "./missed-events.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { useAct } from "./use-act.ts";
import { disabledWords, eventsWords, webhookState } from "./webhook-words.ts";

type Props = { webhook: Webhook; onEdit: () => void };

/** One endpoint: how it stands, what it was sent, and what can be done with it. */
export function WebhookRow({ webhook, onEdit }: Props) {
  const [logShown, setLogShown] = useState(false);
  const now = useNow(60_000);
  const { word, tone } = webhookState(webhook);
  const told = webhook.last_delivered_at
    ? `last told ${dayAndClock(webhook.last_delivered_at, now)}`
    : "told nothing yet";
  const acts = useWebhookActs(webhook);
  const test = () => {
    acts.test.mutate();
    setLogShown(true);
  };
  return (
    <Item
      title={
        <>
          {webhook.description || webhook.url}
          <Pill tone={tone}>{word}</Pill>
        </>
      }
      detail={[webhook.description ? webhook.url : "", eventsWords(webhook), told].filter(Boolean).join(" · ")}
      actions={
        <>
          {webhook.status === "active" && <ItemButton label="Test" busy={acts.test.isPending} onClick={test} />}
          <ItemButton label="Deliveries" expanded={logShown} onClick={() => setLogShown((shown) => !shown)} />
          <More webhook={webhook} acts={acts} onEdit={onEdit} />
          <ConfirmButton
            label="Remove"
            title="Remove this webhook?"
            busy={acts.remove.isPending}
            onConfirm={acts.remove.mutate}
          >
            {webhook.url} is told nothing any more, and its delivery log goes.
          </ConfirmButton>
        </>
      }
    >
      {(webhook.status === "disabled" || logShown || acts.resume.data?.missed) && (
        <>
          {acts.resume.data?.missed && (
            <MissedEvents webhookId={webhook.id} missed={acts.resume.data.missed} onSent={acts.resume.reset} />
          )}
          {webhook.status === "disabled" && <p className={classes.trouble}>{disabledWords(webhook)}</p>}
          {logShown && <DeliveryLog webhookId={webhook.id} />}
        </>
      )}
    </Item>
  );
}

type Acts = ReturnType<typeof useWebhookActs>;

function useWebhookActs({ id, url }: Webhook) {
  const renews = "webhooks";
  return {
    test: useAct({ run: () => actOnWebhook(id, "test"), renews, failed: "No test was sent" }),
    pause: useAct({
      run: () => actOnWebhook(id, "pause"),
      renews,
      failed: "The webhook was not changed",
      done: () => showDone("Paused: what happens meanwhile is kept and sent later."),
    }),
    resume: useAct({
      run: () => resumeWebhook(id),
      renews,
      failed: "The webhook was not changed",
      done: () => showDone("It is told again."),
    }),
    rotate: useAct({ run: () => rotateWebhookSecret(id), renews, failed: "No new secret was made" }),
    remove: useAct({
      run: () => deleteWebhook(id),
      renews,
      failed: "The webhook was not removed",
      done: () => showDone(`${url} is told nothing any more.`),
    }),
  };
}

function More({
  webhook,
  acts: { pause, resume, rotate },
  onEdit,
}: {
  webhook: Webhook;
  acts: Acts;
  onEdit: () => void;
}) {
  return (
    <>
      <ItemMenu label={`More for ${webhook.url}`} busy={pause.isPending || resume.isPending}>
        <Menu.Item onClick={onEdit}>Edit</Menu.Item>
        {webhook.status === "active" ? (
          <Menu.Item onClick={() => pause.mutate()}>Pause</Menu.Item>
        ) : (
          <Menu.Item onClick={() => resume.mutate()}>Resume</Menu.Item>
        )}
        <Menu.Item onClick={() => rotate.mutate()}>New secret</Menu.Item>
      </ItemMenu>
      <Modal
        opened={rotate.data !== undefined}
        onClose={rotate.reset}
        title="A new secret"
        size="lg"
        closeOnClickOutside={false}
      >
        {rotate.data && (
          <SecretShown label="Secret" secret={rotate.data.secret} onDone={rotate.reset}>
            The one before signs too for a day, so that nothing is refused meanwhile.
          </SecretShown>
        )}
      </Modal>
    </>
  );
}
