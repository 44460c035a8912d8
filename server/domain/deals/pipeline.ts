import type { DealStage } from "../../../shared/deal-stages.ts";

/** A stage of one pipeline: its own name over one of the six shared words. */
export type PipelineStage = {
  id: number;
  name: string;
  stage: DealStage;
  probability: number;
  position: number;
};

export type Pipeline = {
  id: number;
  name: string;
  isDefault: boolean;
  position: number;
  createdAt: string;
  updatedAt: string;
  stages: PipelineStage[];
};
