import { ActionIcon, Checkbox, TextInput, Tooltip } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { type Customer, madeUpCustomer } from "./made-up-customer.ts";
import classes from "./phone-simulator.module.css";
import { updateSimulator } from "./simulator-store.ts";
import { useSimulator } from "./use-simulator.ts";

/** Who the phone belongs to. */
export function CustomerForm() {
  const { customer } = useSimulator();
  const change = (fields: Partial<Customer>) =>
    updateSimulator((before) => ({ customer: { ...before.customer, ...fields } }));
  const byPhone = customer.reach === "phone";
  return (
    <div className={classes.customer}>
      <TextInput
        size="xs"
        label="Name"
        value={customer.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        rightSection={
          <Tooltip label="Somebody else">
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label="Make up another customer"
              onClick={() => updateSimulator(() => ({ customer: madeUpCustomer() }))}
            >
              <IconUserPlus size={16} />
            </ActionIcon>
          </Tooltip>
        }
      />
      <TextInput
        size="xs"
        label={byPhone ? "Phone" : "User id"}
        inputMode={byPhone ? "tel" : "text"}
        value={byPhone ? customer.phone : customer.userId}
        onChange={(event) =>
          change(byPhone ? { phone: event.currentTarget.value } : { userId: event.currentTarget.value })
        }
      />
      <Checkbox
        size="xs"
        className={classes.wide}
        label="Hides the phone number"
        checked={!byPhone}
        onChange={(event) => change({ reach: event.currentTarget.checked ? "user_id" : "phone" })}
      />
    </div>
  );
}
