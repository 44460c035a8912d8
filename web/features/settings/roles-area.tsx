import { Fieldset, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RoleReach, RoleReachPatch } from "../../../shared/v1/reach.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { roleReachesQuery, saveRoleReach } from "../../lib/api/teams.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { Area, LoadedItems } from "./area.tsx";
import classes from "./roles-area.module.css";
import { reachChoices, roleMeans, roleWords } from "./settings-words.ts";

const { queryKey } = roleReachesQuery;
const mutationKey = ["save-role-reach"];

/** Whose people each role sees, and whether with whole phone numbers; a change holds at once. */
export function RolesArea() {
  const reaches = useQuery(roleReachesQuery);
  return (
    <Area
      title="Roles"
      intro="Whose people, leads and conversations each role sees, in lists, search, counts and notifications alike. A change holds at once."
    >
      <LoadedItems what="The roles" query={reaches}>
        {(all) => (
          <Stack gap="md">
            {all.map((reach) => (
              <RoleFields key={reach.role} reach={reach} />
            ))}
          </Stack>
        )}
      </LoadedItems>
    </Area>
  );
}

type Change = { reach: RoleReach; patch: RoleReachPatch };

function RoleFields({ reach }: { reach: RoleReach }) {
  const { role, people, sees_unowned: seesUnowned, phones } = reach;
  const { mutate } = useReachChange();
  const change = (patch: RoleReachPatch) => mutate({ reach, patch });
  if (role === "admin")
    return (
      <Fieldset legend={roleWords.admin} classNames={{ root: classes.role, legend: classes.legend }}>
        <Text fz="sm" c="dimmed">
          Admins see everybody and every number.
        </Text>
      </Fieldset>
    );
  return (
    <Fieldset legend={roleWords[role]} classNames={{ root: classes.role, legend: classes.legend }}>
      <Text fz="sm" c="dimmed" mb="sm">
        {roleMeans[role]}
      </Text>
      <Text fz="sm" fw={500} mb={6} id={`reach-${role}`}>
        Sees
      </Text>
      <SegmentedControl
        aria-labelledby={`reach-${role}`}
        fullWidth
        data={reachChoices}
        value={people}
        onChange={(whose) => change({ people: whose })}
      />
      <div className={classes.switches}>
        <Switch
          label="And people whom nobody owns"
          disabled={people === "all"}
          checked={people === "all" || seesUnowned}
          onChange={(event) => change({ sees_unowned: event.currentTarget.checked })}
        />
        <Switch
          label="Hide phone numbers"
          description="But for the country and the last digits"
          checked={phones === "masked"}
          onChange={(event) => change({ phones: event.currentTarget.checked ? "masked" : "full" })}
        />
      </div>
    </Fieldset>
  );
}

function useReachChange() {
  const client = useQueryClient();
  return useMutation({
    mutationKey,
    mutationFn: ({ reach, patch }: Change) => saveRoleReach(reach.role, patch),
    onMutate: ({ reach, patch }) =>
      showAtOnce(client, queryKey, (all) => ({ data: all.data.map((one) => withPatch(one, reach, patch)) })),
    onError: (error, { reach }, shown) => {
      shown?.takeBack();
      showProblem(`What a ${roleWords[reach.role].toLowerCase()} sees was not changed`, wordsOf(error));
    },
    // Only after the last of several: the answer to an earlier one does not know of the later.
    onSettled: () => {
      if (client.isMutating({ mutationKey }) === 1) void client.invalidateQueries({ queryKey });
    },
  });
}

function withPatch(one: RoleReach, { role }: RoleReach, patch: RoleReachPatch): RoleReach {
  return one.role === role ? { ...one, ...withoutUndefined(patch) } : one;
}
