import { Anchor } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Scope } from "../../../shared/roles.ts";
import type { ApiKey } from "../../../shared/v1/api-key.ts";
import { apiKeysQuery, revokeApiKey } from "../../lib/api/api-keys.ts";
import type { Page } from "../../lib/api/page.ts";
import { dayName } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { ApiKeyForm } from "./api-key-form.tsx";
import { ListArea } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { Item } from "./item.tsx";
import { roleWords, scopeWords } from "./settings-words.ts";
import { useAct } from "./use-act.ts";

/** Keys by which programs act for the company. */
export function ApiKeysArea() {
  const keys = useQuery({ ...apiKeysQuery, select: inUseFirst });
  const [making, setMaking] = useState(false);
  return (
    <ListArea
      title="API keys"
      intro={
        <>
          For programs of your own: what they may is what the key’s role and scope say.{" "}
          <Anchor href="/v1/docs" target="_blank" rel="noopener noreferrer" inherit>
            The documentation
          </Anchor>{" "}
          says how.
        </>
      }
      what="The API keys"
      query={keys}
      make="New key"
      onMake={() => setMaking(true)}
      none={
        <EmptyState icon={IconKey} title="No key yet">
          A shop, a script or an agent needs one to read and write here.
        </EmptyState>
      }
      row={(key) => <Row apiKey={key} />}
    >
      <ApiKeyForm opened={making} onClose={() => setMaking(false)} />
    </ListArea>
  );
}

function inUseFirst({ data, ...page }: Page<ApiKey>): Page<ApiKey> {
  const ended = ({ revoked_at }: ApiKey) => Number(revoked_at !== null);
  return { ...page, data: data.toSorted((one, other) => ended(one) - ended(other)) };
}

function Row({ apiKey }: { apiKey: ApiKey }) {
  const { id, name, prefix, role, scopes, last_used_at, expires_at, revoked_at } = apiKey;
  const now = useNow(60_000);
  const isOver = expires_at !== null && new Date(expires_at).getTime() <= now;
  const revoke = useAct({
    run: () => revokeApiKey(id),
    renews: "api-keys",
    failed: `${name} was not revoked`,
    done: () => showDone(`${name} opens nothing any more.`),
  });
  const detail = [
    `${prefix}…`,
    roleWords[role],
    scopeWords[widest(scopes)].toLowerCase(),
    last_used_at ? `used ${dayName(last_used_at, now).toLowerCase()}` : "never used",
    expires_at && !isOver ? `until ${dayName(expires_at, now)}` : "",
  ];
  return (
    <Item
      title={
        <>
          {name}
          {revoked_at && <Pill tone="bad">revoked</Pill>}
          {!revoked_at && isOver && <Pill tone="warn">expired</Pill>}
        </>
      }
      detail={detail.filter(Boolean).join(" · ")}
      actions={
        !revoked_at && (
          <ConfirmButton label="Revoke" title={`Revoke ${name}?`} busy={revoke.isPending} onConfirm={revoke.mutate}>
            Whatever uses this key is refused from now on. It cannot be brought back; a new key can be made.
          </ConfirmButton>
        )
      }
    />
  );
}

function widest(scopes: readonly Scope[]): Scope {
  if (scopes.includes("admin")) return "admin";
  return scopes.includes("write") ? "write" : "read";
}
