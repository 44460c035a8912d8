import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { wordsOf } from "../lib/api/api-error.ts";
import { type Me, signOut } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { disablePush } from "../lib/push.ts";
import { PersonAvatar } from "../ui/person-avatar.tsx";
import { showProblem } from "../ui/undo-toast.tsx";

export function AccountMenu({ me }: { me: Me }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    // Whoever signs in here next is not to read what concerns this person; without push there is nothing to end.
    mutationFn: () =>
      disablePush()
        .catch(() => undefined)
        .then(signOut),
    onError: (error) => showProblem("You are still signed in", wordsOf(error)),
    onSuccess: async () => {
      await navigate({ to: pages.signIn });
      client.clear();
    },
  });
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label="Your account" ml={4} style={{ borderRadius: "50%", display: "flex" }}>
          <PersonAvatar name={me.name} seed={me.id ?? 0} size={30} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}
          {me.email !== me.name && (
            <>
              <br />
              {me.email}
            </>
          )}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={16} />}
          renderRoot={(props) => <Link to={pages.settings} {...props} />}
        >
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
