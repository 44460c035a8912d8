import { expect, test } from "vitest";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { ago, factsWith, noon, wantedWith } from "./facts.ts";
