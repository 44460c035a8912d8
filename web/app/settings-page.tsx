import { useDocumentTitle } from "@mantine/hooks";
import { IconLock } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useParams, useRouter } from "@tanstack/react-router";
import { ApiKeysArea } from "../features/settings/api-keys-area.tsx";
import { FormsArea } from "../features/settings/forms-area.tsx";
import { MailAccountsArea } from "../features/settings/mail-accounts-area.tsx";
import { MembersArea } from "../features/settings/members-area.tsx";
import { OwnArea } from "../features/settings/own-area.tsx";
import { RolesArea } from "../features/settings/roles-area.tsx";
import { TeamsArea } from "../features/settings/teams-area.tsx";
import { WebhooksArea } from "../features/settings/webhooks-area.tsx";
import { type Me, meQuery } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { OwnNotifications } from "./own-notifications.tsx";
import { areasFor, type SettingsArea } from "./settings-areas.ts";
import classes from "./settings-page.module.css";
import split from "./split-page.module.css";

const signedIn = getRouteApi("/signed-in");

/** The areas of the settings, and one of them beside. */
export function SettingsPage() {
  const { me } = signedIn.useRouteContext();
  const { area: word } = useParams({ strict: false });
  const areas = areasFor(me.role);
  const area = areas.find(({ key }) => key === (word ?? "you"));
  const label = area?.label ?? "Settings";
  useDocumentTitle(word === undefined ? "Settings · Rapport" : `${label} · Settings · Rapport`);
  return (
    <div className={`${split.page} ${classes.page}`} data-shows={word === undefined ? "list" : "detail"}>
      <nav className={`${split.list} ${classes.list}`} aria-label="Settings">
        <h1 className={classes.title}>Settings</h1>
        {areas.map(({ key, label: called, icon: Icon }) => (
          <Link
            key={key}
            to={pages.settingsArea}
            params={{ area: key }}
            className={classes.link}
            aria-current={key === word ? "page" : undefined}
            data-shown={key === area?.key || undefined}
          >
            <Icon size={19} stroke={1.7} />
            {called}
          </Link>
        ))}
      </nav>
      <section key={area?.key} className={split.detail} aria-label={label}>
        {area ? (
          <Shown area={area.key} me={me} />
        ) : (
          <EmptyState icon={IconLock} title="Nothing for you here">
            This part of the settings is not for your role, or there is none by this name.
          </EmptyState>
        )}
      </section>
    </div>
  );
}

function Shown({ area, me }: { area: SettingsArea["key"]; me: Me }) {
  switch (area) {
    case "you":
      return <Own me={me} />;
    case "members":
      return <MembersArea meId={me.id} />;
    case "teams":
      return <TeamsArea />;
    case "roles":
      return <RolesArea />;
    case "forms":
      return <FormsArea />;
    case "mail":
      return <MailAccountsArea />;
    case "api-keys":
      return <ApiKeysArea />;
    case "webhooks":
      return <WebhooksArea />;
  }
}

function Own({ me }: { me: Me }) {
  const client = useQueryClient();
  const router = useRouter();
  const renew = async () => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    await router.invalidate();
  };
  return <OwnArea me={me} notifications={<OwnNotifications />} onSaved={() => void renew()} />;
}
