import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { webhooksQuery } from "../../lib/api/webhooks.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListArea } from "./area.tsx";
import type { Edited } from "./edit-dialog.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookRow } from "./webhook-row.tsx";

/** Addresses of the company's own that are told what happens. */
export function WebhooksArea() {
  const webhooks = useQuery(webhooksQuery);
  const [edited, setEdited] = useState<Edited<Webhook>>();
  return (
    <ListArea
      title="Webhooks"
      intro="Other systems are told what happens here, signed by Standard Webhooks, and again for days while they do not answer."
      what="The webhooks"
      query={webhooks}
      make="New webhook"
      onMake={() => setEdited("new")}
      none={
        <EmptyState icon={IconWebhook} title="No webhook yet">
          Name an address of yours, and it hears of leads, messages, visits and the rest as they happen.
        </EmptyState>
      }
      row={(webhook) => <WebhookRow webhook={webhook} onEdit={() => setEdited(webhook)} />}
    >
      <WebhookForm edited={edited} onClose={() => setEdited(undefined)} />
    </ListArea>
  );
}
