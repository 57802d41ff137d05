import { useQuery } from "@tanstack/react-query";
import { hypothesisQuery } from "../api/queries.ts";
import type { Hypothesis } from "../api/types.ts";
import { CitedPlace, useCited } from "../case/CitedPlace.tsx";

/** Its card open. */
const place = ({ bundle_id, number }: Hypothesis) => ({ bundle: bundle_id, hyp: number });

export function HypothesisPlace() {
  const { number, item } = useCited();
  return <CitedPlace found={useQuery(hypothesisQuery(number, item))} place={place} />;
}
