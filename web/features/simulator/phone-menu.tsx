import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDeviceMobileOff,
  IconDotsVertical,
  IconHandStop,
  IconMapPin,
  IconMessages,
  IconMicrophone,
  IconPhoneOff,
  IconPhoto,
  IconReplace,
  IconSpeakerphone,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { type SimulatedAct, simulatedThreadQuery, switchSimulatedPhone } from "../../lib/api/simulator.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { madeUpCustomer } from "./made-up-customer.ts";
import { updateSimulator } from "./simulator-store.ts";
import type { PhoneThread } from "./use-phone-thread.ts";
import { useSimulator } from "./use-simulator.ts";

/** Everything a customer can do other than write. */
export function PhoneMenu({ thread }: { thread: PhoneThread }) {
  const { customer, send, act } = useSimulator();
  const isOff = thread.phone?.switched_off ?? false;
  const flip = useSwitch(thread.address, customer.name);
  const hides = customer.reach === "user_id";
  const changeNumber = async () => {
    const { phone } = madeUpCustomer();
    const changed = await act({ type: "action", action: "change_number", new_phone: phone });
    if (changed) updateSimulator((before) => ({ customer: { ...before.customer, phone, reach: "phone" } }));
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="transparent" c="#fff" size={32} aria-label="More to do as the customer">
          <IconDotsVertical size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sends.map(({ icon: Icon, label, act: what }) => (
          <Menu.Item key={label} leftSection={<Icon size={16} />} onClick={() => send(what)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPhoneOff size={16} />} onClick={() => hideNumber(!hides ? "user_id" : "phone")}>
          {hides ? "Show the phone number" : "Hide the phone number"}
        </Menu.Item>
        <Menu.Item leftSection={<IconReplace size={16} />} onClick={() => void changeNumber()}>
          Change to a new number
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceMobileOff size={16} />} onClick={() => void flip({ off: !isOff })}>
          {isOff ? "Switch the phone on" : "Switch the phone off"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type Sent = { icon: typeof IconMapPin; label: string; act: SimulatedAct };

const sends: Sent[] = [
  { icon: IconMicrophone, label: "Voice note", act: { type: "action", action: "voice_note" } },
  { icon: IconPhoto, label: "Picture", act: { type: "action", action: "picture" } },
  { icon: IconMapPin, label: "Location", act: { type: "action", action: "location" } },
  {
    icon: IconSpeakerphone,
    label: "Write from an ad",
    act: { type: "action", action: "ad", text: "Hello! Can I get more info on this?" },
  },
  {
    icon: IconMessages,
    label: "Three messages at once",
    act: { type: "action", action: "several", texts: ["Hi", "one more thing", "are you open today?"] },
  },
  { icon: IconHandStop, label: "Write STOP", act: { type: "text", text: "STOP" } },
];

function hideNumber(reach: "phone" | "user_id"): void {
  updateSimulator((before) => ({ customer: { ...before.customer, reach } }));
}

function useSwitch(address: string | undefined, name: string) {
  const client = useQueryClient();
  return async ({ off }: { off: boolean }) => {
    if (address === undefined) return;
    await switchSimulatedPhone(address, { name, switched_off: off }).catch((error: unknown) =>
      showProblem("That did not work", wordsOf(error)),
    );
    await client.invalidateQueries(simulatedThreadQuery(address));
  };
}
