import { getRouteApi, Outlet, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { PhoneSimulator } from "../features/simulator/phone-simulator.tsx";
import { useKeys } from "../lib/use-keys.ts";
import { useMay } from "../lib/use-may.ts";
import { ChannelBanner } from "./channel-banner.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { Header } from "./header.tsx";
import { KeyHelp } from "./key-help.tsx";
import { PhoneTabs } from "./phone-tabs.tsx";
import classes from "./shell.module.css";
import { useLive } from "./use-live.ts";

const shell = getRouteApi("/signed-in/shell");
const signedIn = getRouteApi("/signed-in");

/** What stands around every screen: header, connection banner, the simulator beside, tabs on a phone. */
export function Shell() {
  const { me } = signedIn.useRouteContext();
  useLive(me.live_position);
  // To play a customer is to write.
  const may = useMay();
  const phone = shell.useSearch().phone === true && may.write;
  const navigate = useNavigate();
  const [helpShown, setHelpShown] = useState(false);
  const showPhone = (shown: "shown" | "hidden") =>
    void navigate({ to: ".", search: (search) => ({ ...search, phone: shown === "shown" || undefined }) });
  const togglePhone = () => showPhone(phone ? "hidden" : "shown");
  useKeys({ "?": () => setHelpShown(true), p: () => may.write && togglePhone() });
  return (
    <div className={classes.shell} data-phone={phone || undefined}>
      <a className={classes.skip} href="#main">
        To the content
      </a>
      <div className={classes.header}>
        <Header
          me={me}
          phoneShown={phone}
          onTogglePhone={may.write ? togglePhone : undefined}
          onHelp={() => setHelpShown(true)}
        />
      </div>
      <ConnectionBanner />
      <ChannelBanner />
      <div className={classes.body}>
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
        {phone && (
          <div className={classes.phone}>
            <PhoneSimulator businessName={me.company_name} onClose={() => showPhone("hidden")} />
          </div>
        )}
      </div>
      <PhoneTabs phoneShown={phone} offersPhone={may.write} onShow={showPhone} />
      <KeyHelp opened={helpShown} onClose={() => setHelpShown(false)} />
    </div>
  );
}
