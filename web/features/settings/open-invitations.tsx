import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Invitation } from "../../../shared/v1/user.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { invitationsQuery, revokeInvitation } from "../../lib/api/invitations.ts";
import { dayName } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import classes from "./area.module.css";
import { ConfirmButton } from "./confirm-button.tsx";
import { InvitedShown } from "./invited-shown.tsx";
import { Item, ItemButton, Items } from "./item.tsx";
import { roleWords } from "./settings-words.ts";
import { useAct } from "./use-act.ts";
import { useInvite } from "./use-invite.ts";

/** Who was invited and has not come yet. */
export function OpenInvitations() {
  const { data, isError, error, refetch } = useQuery(invitationsQuery);
  // Here and not in the row: inviting again ends that invitation, and its row goes.
  const inviting = useInvite();
  const open = (data?.data ?? []).filter(({ accepted_at, revoked_at }) => accepted_at === null && revoked_at === null);
  const again = ({ email, role }: Invitation) =>
    inviting.mutate({ email, role }, { onError: (error) => showProblem("No new invitation was made", wordsOf(error)) });
  return (
    <>
      {isError && !data && <ErrorState what="The invitations" error={error} onRetry={() => void refetch()} />}
      {open.length > 0 && (
        <section aria-label="Open invitations">
          <h3 className={classes.subtitle}>Invited, not here yet</h3>
          <Items label="Open invitations">
            {open.map((invitation) => (
              <Row
                key={invitation.id}
                invitation={invitation}
                busy={inviting.isPending && inviting.variables.email === invitation.email}
                onAgain={() => again(invitation)}
              />
            ))}
          </Items>
        </section>
      )}
      <Modal
        opened={inviting.data !== undefined}
        onClose={inviting.reset}
        title="Invited again"
        size="lg"
        closeOnClickOutside={false}
      >
        {inviting.data && <InvitedShown invited={inviting.data} onDone={inviting.reset} />}
      </Modal>
    </>
  );
}

type RowProps = { invitation: Invitation; busy: boolean; onAgain: () => void };

function Row({ invitation, busy, onAgain }: RowProps) {
  const { id, email, role, expires_at, created_at } = invitation;
  const now = useNow(60_000);
  const hasEnded = new Date(expires_at).getTime() <= now;
  const revoke = useAct({
    run: () => revokeInvitation(id),
    renews: "invitations",
    failed: "The invitation was not withdrawn",
    done: () => showDone(`The invitation of ${email} was withdrawn.`),
  });
  return (
    <Item
      title={
        <>
          {email}
          {hasEnded && <Pill tone="warn">too old</Pill>}
        </>
      }
      detail={`${roleWords[role]} · invited ${dayName(created_at, now)}, ${hasEnded ? "ended" : "ends"} ${endWords(expires_at, now)}`}
      actions={
        <>
          <ItemButton label="Send again" busy={busy} onClick={onAgain} />
          <ConfirmButton
            label="Withdraw"
            title="Withdraw the invitation?"
            busy={revoke.isPending}
            onConfirm={revoke.mutate}
          >
            The link that {email} has will not work any more.
          </ConfirmButton>
        </>
      }
    />
  );
}

function endWords(at: string, now: number): string {
  const days = Math.round((new Date(at).getTime() - now) / 86_400_000);
  if (days > 1) return `in ${days} days`;
  return days >= 0 ? dayName(at, now) : `${-days} days ago`;
}
