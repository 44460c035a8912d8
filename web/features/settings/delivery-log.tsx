import { Button, NativeSelect, Skeleton, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WebhookDelivery } from "../../../shared/v1/webhook.ts";
import { deliveriesQuery, replayDelivery } from "../../lib/api/webhooks.ts";
import { counted, dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import classes from "./delivery-log.module.css";
import { useAct } from "./use-act.ts";
import { deliveryState } from "./webhook-words.ts";

const states = ["queued", "delivered", "failed"] as const;
const stateWords = { queued: "Waiting", delivered: "Delivered", failed: "Failed" };

/** What an endpoint was and is to be sent, newest first. */
export function DeliveryLog({ webhookId }: { webhookId: number }) {
  const [state, setState] = useState<WebhookDelivery["state"]>();
  const query = useInfiniteQuery(deliveriesQuery(webhookId, state));
  const deliveries = query.data?.pages.flatMap((page) => page.data);
  return (
    <section className={classes.log} aria-label="Deliveries">
      <NativeSelect
        size="xs"
        w={160}
        aria-label="Which deliveries"
        data={[{ value: "", label: "All deliveries" }, ...states.map((value) => ({ value, label: stateWords[value] }))]}
        value={state ?? ""}
        onChange={({ currentTarget: { value } }) => setState(states.find((known) => known === value))}
      />
      {query.isError && !deliveries && (
        <ErrorState what="The deliveries" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton height={64} />}
      {deliveries?.length === 0 && (
        <Text fz="sm" c="dimmed">
          Nothing here. “Test” sends one.
        </Text>
      )}
      <ul className={classes.items}>
        {deliveries?.map((delivery) => (
          <Line key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </section>
  );
}

function Line({ delivery }: { delivery: WebhookDelivery }) {
  const now = useNow(30_000);
  const { word, tone } = deliveryState(delivery);
  const again = useAct({ run: () => replayDelivery(delivery), renews: "webhooks", failed: "It was not sent again" });
  const next =
    delivery.state === "queued" && delivery.attempts > 0 && delivery.next_attempt_at
      ? `again ${dayAndClock(delivery.next_attempt_at, now)}`
      : "";
  const detail = [dayAndClock(delivery.created_at, now), counted(delivery.attempts, "attempt"), next, delivery.error];
  return (
    <li className={classes.item}>
      <span className={classes.words}>
        <span className={classes.type}>
          {delivery.event_type} <Pill tone={tone}>{word}</Pill>
        </span>
        <span className={classes.detail}>{detail.filter(Boolean).join(" · ")}</span>
      </span>
      {delivery.state !== "queued" && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`Send again: ${delivery.event_type}`}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          Send again
        </Button>
      )}
    </li>
  );
}
