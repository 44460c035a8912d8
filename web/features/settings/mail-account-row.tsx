import type { EmailAccount } from "../../../shared/v1/email.ts";
import { disconnectEmailAccount, testEmailAccount, turnEmailAccount } from "../../lib/api/email-accounts.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { ConfirmButton } from "./confirm-button.tsx";
import { Item, ItemButton } from "./item.tsx";
import { accountState, troubleWords, waysWords } from "./mail-account-words.ts";
import { useAct } from "./use-act.ts";

type Props = { account: EmailAccount; onEdit: () => void };

/** One mailbox: how it stands in words, a test, and the way out. */
export function MailAccountRow({ account, onEdit }: Props) {
  const { name, from_address: address, imap, imap_checked_at: checkedAt } = account;
  const now = useNow(60_000);
  const { word, tone } = accountState(account);
  const troubles = troubleWords(account);
  const acts = useAccountActs(account);
  const tested = acts.test.data;
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
      actions={<Buttons account={account} acts={acts} onEdit={onEdit} />}
    >
      {(troubles.length > 0 || tested) && (
        <div role="status">
          {troubles.map((line) => (
            <p key={line} className={classes.trouble}>
              {line}
            </p>
          ))}
          {tested && <p className={tested.ok ? classes.fine : classes.trouble}>{tested.message}</p>}
        </div>
      )}
    </Item>
  );
}

type Acts = ReturnType<typeof useAccountActs>;

function useAccountActs({ id, from_address: address }: EmailAccount) {
  const renews = "email-accounts";
  return {
    test: useAct({ run: () => testEmailAccount(id), renews, failed: "The account was not tried" }),
    turn: useAct({
      run: (act: "pause" | "resume") => turnEmailAccount(id, act),
      renews,
      failed: `${address} was not changed`,
      done: (_saved, act) =>
        showDone(act === "pause" ? `${address} is paused: mails wait.` : `${address} goes on: what waited leaves.`),
    }),
    remove: useAct({
      run: () => disconnectEmailAccount(id),
      renews,
      failed: `${address} was not removed`,
      done: () => showDone(`${address} is not connected any more; its mails stay.`),
    }),
  };
}

function Buttons({ account, acts: { test, turn, remove }, onEdit }: Props & { acts: Acts }) {
  const { from_address: address, smtp, status } = account;
  const isPaused = status === "paused";
  return (
    <>
      {smtp && <ItemButton label="Test" of={address} busy={test.isPending} onClick={() => test.mutate()} />}
      <ItemButton label={status === "disconnected" ? "Connect again" : "Edit"} of={address} onClick={onEdit} />
      {status !== "disconnected" && (
        <>
          <ItemButton
            label={isPaused ? "Resume" : "Pause"}
            of={address}
            busy={turn.isPending}
            onClick={() => turn.mutate(isPaused ? "resume" : "pause")}
          />
          <ConfirmButton label="Remove" title={`Remove ${address}?`} busy={remove.isPending} onConfirm={remove.mutate}>
            Its passwords are forgotten; nothing leaves by it and nothing is fetched. Its mails and conversations stay.
            What still waits goes out when it, or another account, is connected.
          </ConfirmButton>
        </>
      )}
    </>
  );
}
