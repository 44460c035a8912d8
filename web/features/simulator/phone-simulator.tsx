import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { CustomerForm } from "./customer-form.tsx";
import { FailurePanel } from "./failure-panel.tsx";
import { PhoneScreen } from "./phone-screen.tsx";
import classes from "./phone-simulator.module.css";

/** Plays a customer: what is written here comes in by the same signed webhook as a message from WhatsApp. */
export function PhoneSimulator({ businessName, onClose }: { businessName: string; onClose: () => void }) {
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
      <CustomerForm />
      <PhoneScreen businessName={businessName} />
    </aside>
  );
}
