import { Button } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { webhooksQuery } from "../../lib/api/webhooks.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Area, AreaList, Items } from "./area.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookRow } from "./webhook-row.tsx";

/** Addresses of the company's own that are told what happens. */
export function WebhooksArea() {
  const webhooks = useQuery(webhooksQuery);
  const [edited, setEdited] = useState<Webhook | "new">();
  return (
    <Area
      title="Webhooks"
      intro="Other systems are told what happens here, signed by Standard Webhooks, and again for days while they do not answer."
      action={
        <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited("new")}>
          New webhook
        </Button>
      }
    >
      <AreaList
        what="The webhooks"
        query={webhooks}
        none={
          <EmptyState icon={IconWebhook} title="No webhook yet">
            Name an address of yours, and it hears of leads, messages, visits and the rest as they happen.
          </EmptyState>
        }
      >
        {(all) => (
          <Items label="Webhooks">
            {all.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onEdit={() => setEdited(webhook)} />
            ))}
          </Items>
        )}
      </AreaList>
      <WebhookForm edited={edited} onClose={() => setEdited(undefined)} />
    </Area>
  );
}
