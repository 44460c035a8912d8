import { Button, Menu, Modal } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { actOnWebhook, deleteWebhook, rotateWebhookSecret } from "../../lib/api/webhooks.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { Item } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
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
          <Button size="compact-sm" variant="default" loading={acts.test.isPending} onClick={test}>
            Test
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={logShown}
            onClick={() => setLogShown((shown) => !shown)}
          >
            Deliveries
          </Button>
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
      {(webhook.status === "disabled" || logShown) && (
        <>
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
    turn: useAct({
      run: (act: "pause" | "resume") => actOnWebhook(id, act),
      renews,
      failed: "The webhook was not changed",
      done: (_saved, act) =>
        showDone(act === "pause" ? "Paused: what happens meanwhile is kept and sent later." : "It is told again."),
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

function More({ webhook, acts: { turn, rotate }, onEdit }: { webhook: Webhook; acts: Acts; onEdit: () => void }) {
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button size="compact-sm" variant="default" aria-label={`More for ${webhook.url}`} loading={turn.isPending}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>Edit</Menu.Item>
          {webhook.status === "active" ? (
            <Menu.Item onClick={() => turn.mutate("pause")}>Pause</Menu.Item>
          ) : (
            <Menu.Item onClick={() => turn.mutate("resume")}>Resume</Menu.Item>
          )}
          <Menu.Item onClick={() => rotate.mutate()}>New secret</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={rotate.data !== undefined}
        onClose={rotate.reset}
        title="A new secret"
        size="lg"
        centered
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
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
