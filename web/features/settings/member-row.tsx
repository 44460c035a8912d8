import { Menu, Select } from "@mantine/core";
import type { Role } from "../../../shared/roles.ts";
import type { User } from "../../../shared/v1/user.ts";
import { changeRole, makeUserLink, removeMember } from "../../lib/api/users.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { Pill } from "../../ui/pill.tsx";
import { showDone, showUndo } from "../../ui/undo-toast.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { Item, ItemMenu } from "./item.tsx";
import { LinkShown } from "./link-shown.tsx";
import { roleChoices, roleWords } from "./settings-words.ts";
import { useAct } from "./use-act.ts";

type Props = { member: User; isMe: boolean };

/** One member: their role, a link for who cannot come in, and the way out. */
export function MemberRow({ member, isMe }: Props) {
  const now = useNow(60_000);
  const { name } = member;
  const seen = member.last_signed_in_at
    ? `here ${dayAndClock(member.last_signed_in_at, now)}`
    : "has not signed in yet";
  const remove = useAct({
    run: () => removeMember(member.id),
    renews: "users",
    failed: `${name} was not removed`,
    done: () => showDone(`${name} does not belong to the team any more.`),
  });
  return (
    <Item
      title={
        <>
          {name}
          {isMe && <Pill>you</Pill>}
        </>
      }
      detail={[name === member.email ? "" : member.email, seen].filter(Boolean).join(" · ")}
      actions={
        <>
          <RoleChoice member={member} name={name} />
          <Links member={member} name={name} />
          {!isMe && (
            <ConfirmButton label="Remove" title={`Remove ${name}?`} busy={remove.isPending} onConfirm={remove.mutate}>
              {name} is signed out everywhere and sees nothing of the company any more. Their leads, tasks and
              conversations stay and belong to nobody until you give them to somebody.
            </ConfirmButton>
          )}
        </>
      }
    />
  );
}

function RoleChoice({ member, name }: { member: User; name: string }) {
  const change = useAct({
    run: ({ to }: { to: Role; from?: Role }) => changeRole(member.id, to),
    renews: "users",
    failed: `The role of ${name} was not changed`,
    done: (_saved, { to, from }) => {
      if (from) showUndo(`${name} is ${roleWords[to]} now.`, () => change.mutate({ to: from }));
    },
  });
  const shown = change.isPending ? change.variables.to : member.role;
  return (
    <Select
      size="xs"
      w={136}
      aria-label={`Role of ${name}`}
      allowDeselect={false}
      data={roleChoices}
      value={shown}
      onChange={(to) => {
        if (to && to !== member.role) change.mutate({ to, from: member.role });
      }}
    />
  );
}

function Links({ member, name }: { member: User; name: string }) {
  const make = useAct({
    run: (kind: "sign-in-link" | "password-reset") => makeUserLink(member.id, kind),
    renews: "users",
    failed: "No link was made",
  });
  return (
    <>
      <ItemMenu label={`Links for ${name}`} busy={make.isPending}>
        <Menu.Item onClick={() => make.mutate("password-reset")}>Link to set a new password</Menu.Item>
        <Menu.Item onClick={() => make.mutate("sign-in-link")}>Link to sign in once</Menu.Item>
      </ItemMenu>
      <LinkShown title={`A link for ${name}`} path={make.data?.path ?? null} onClose={make.reset}>
        It works once and only for a while. Give it to {name} and to nobody else: it lets in whoever has it.
      </LinkShown>
    </>
  );
}
