import { Button } from "@mantine/core";
import type { EmailAccount } from "../../../shared/v1/email.ts";
import { disconnectEmailAccount, testEmailAccount, turnEmailAccount } from "../../lib/api/email-accounts.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { Item } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { accountState, troubleWords, waysWords } from "./mail-account-words.ts";
import { useAct } from "./use-act.ts";

type Props = { account: EmailAccount; onEdit: () => void };

/** One mailbox: how it stands in words, a test, and the way out. */
export function MailAccountRow({ account, onEdit }: Props) {
  const { id, name, from_address: address, imap, imap_checked_at: checkedAt, smtp } = account;
  const now = useNow(60_000);
  const { word, tone } = accountState(account);
  const troubles = troubleWords(account);
  const editing = account.status === "disconnected" ? "Connect again" : "Edit";
  const isPaused = account.status === "paused";
  const test = useAct({
    run: () => testEmailAccount(id),
    renews: "email-accounts",
    failed: "The account was not tried",
  });
  const turn = useAct({
    run: (act: "pause" | "resume") => turnEmailAccount(id, act),
    renews: "email-accounts",
    failed: `${address} was not changed`,
    done: (_saved, act) =>
      showDone(act === "pause" ? `${address} is paused: mails wait.` : `${address} goes on: what waited leaves.`),
  });
  const remove = useAct({
    run: () => disconnectEmailAccount(id),
    renews: "email-accounts",
    failed: `${address} was not removed`,
    done: () => showDone(`${address} is not connected any more; its mails stay.`),
  });
  const looked = imap && checkedAt ? `looked ${dayAndClock(checkedAt, now)}` : "";
  return (
    <Item
      title={
        <>
          {address}
          <Pill tone={tone}>{word}</Pill>
        </>
      }
      detail={[name === address ? "" : name, waysWords(account), looked].filter(Boolean).join(" · ")}
      actions={
        <>
          {smtp && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Test ${address}`}
              loading={test.isPending}
              onClick={() => test.mutate()}
            >
              Test
            </Button>
          )}
          <Button size="compact-sm" variant="default" aria-label={`${editing} ${address}`} onClick={onEdit}>
            {editing}
          </Button>
          {account.status !== "disconnected" && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${isPaused ? "Resume" : "Pause"} ${address}`}
              loading={turn.isPending}
              onClick={() => turn.mutate(isPaused ? "resume" : "pause")}
            >
              {isPaused ? "Resume" : "Pause"}
            </Button>
          )}
          {account.status !== "disconnected" && (
            <ConfirmButton
              label="Remove"
              title={`Remove ${address}?`}
              busy={remove.isPending}
              onConfirm={remove.mutate}
            >
              Its passwords are forgotten; nothing leaves by it and nothing is fetched. Its mails and conversations
              stay. What still waits goes out when it, or another account, is connected.
            </ConfirmButton>
          )}
        </>
      }
    >
      {(troubles.length > 0 || test.data) && (
        <div role="status">
          {troubles.map((line) => (
            <p key={line} className={classes.trouble}>
              {line}
            </p>
          ))}
          {test.data && <p className={test.data.ok ? classes.fine : classes.trouble}>{test.data.message}</p>}
        </div>
      )}
    </Item>
  );
}
