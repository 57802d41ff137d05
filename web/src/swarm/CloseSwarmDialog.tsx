import { useId, useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { Swarm, SwarmOutcome } from "../api/types.ts";
import { ChoiceField } from "../ui/ChoiceField.tsx";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { OUTCOMES } from "./outcome.ts";

interface Props {
  number: string;
  swarm: Swarm;
  open: boolean;
  onClose: () => void;
}

/** There is no other end of a swarm than a decision. */
export function CloseSwarmDialog(props: Props) {
  return <CloseSwarmForm key={String(props.open)} {...props} />;
}

function CloseSwarmForm({ number, swarm, open, onClose }: Props) {
  const [outcome, setOutcome] = useState<SwarmOutcome>("solved");
  const [decision, setDecision] = useState("");
  const [owner, setOwner] = useState("");
  const people = swarm.people.map(({ person }) => person);
  const submit = async () => {
    await api.closeSwarm(number, swarm.number, outcome, decision.trim(), owner || null);
    refreshCase(number);
  };
  return (
    <FormDialog
      title="What was decided?"
      open={open}
      onClose={onClose}
      submitLabel="Close the swarm"
      ready={decision.trim() !== "" && (outcome !== "next_step" || owner !== "")}
      onSubmit={submit}
    >
      <ChoiceField legend="Outcome" choices={OUTCOMES} value={outcome} onChange={setOutcome} />
      <Field
        label="Decision"
        hint="It stays on the timeline. Cite evidence as [E7]."
        rows={3}
        autoFocus
        value={decision}
        onChange={setDecision}
      />
      {outcome === "next_step" && <OwnerField people={people} value={owner} onChange={setOwner} />}
    </FormDialog>
  );
}

interface OwnerProps {
  people: readonly { id: string; name: string }[];
  value: string;
  onChange: (id: string) => void;
}

function OwnerField({ people, value, onChange }: OwnerProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Who does it</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose somebody of the swarm</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
    </div>
  );
}
