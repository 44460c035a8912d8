import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { CustomerForm } from "./customer-form.tsx";
import { FailurePanel } from "./failure-panel.tsx";
import { Mailbox } from "./mailbox.tsx";
import { PhoneScreen } from "./phone-screen.tsx";
import classes from "./phone-simulator.module.css";

const ways = [
  { value: "whatsapp", label: "WhatsApp" },
  { value: "mail", label: "Mailbox" },
] as const satisfies { value: string; label: string }[];

/** Plays a customer: what is written here comes in by the same signed webhook as a message from WhatsApp. */
export function PhoneSimulator({ businessName, onClose }: { businessName: string; onClose: () => void }) {
  const [way, setWay] = useState<(typeof ways)[number]["value"]>("whatsapp");
  return (
    <aside className={classes.panel} aria-label="Phone simulator">
      <header className={classes.header}>
        <div>
          <h2 className={classes.title}>Phone simulator</h2>
          <p className={classes.note}>You are the customer here.</p>
        </div>
        <div className={classes.tools}>
          <FailurePanel />
          <ActionIcon
            className={classes.close}
            variant="subtle"
            color="gray"
            size={34}
            aria-label="Close the phone simulator"
            onClick={onClose}
          >
            <IconX size={18} />
          </ActionIcon>
        </div>
      </header>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="How the customer writes"
        data={ways}
        value={way}
        onChange={(next) => setWay(next)}
      />
      {way === "whatsapp" ? (
        <>
          <CustomerForm />
          <PhoneScreen businessName={businessName} />
        </>
      ) : (
        <Mailbox />
      )}
    </aside>
  );
}
