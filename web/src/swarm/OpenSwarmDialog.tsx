import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import { peopleQuery } from "../api/queries.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  number: string;
  open: boolean;
  onClose: () => void;
}

export function OpenSwarmDialog({ open, ...props }: Props) {
  return open && <OpenSwarmForm {...props} />;
}

function OpenSwarmForm({ number, onClose }: Omit<Props, "open">) {
  const [question, setQuestion] = useState("");
  const [exit, setExit] = useState("");
  const [minutes, setMinutes] = useState("30");
  const [invited, setInvited] = useState<ReadonlySet<string>>(new Set());
  const [skills, setSkills] = useState("");
  const box = Number(minutes);
  const validBox = Number.isInteger(box) && box >= 1 && box <= 480;
  const submit = async () => {
    await api.openSwarm(number, {
      question: question.trim(),
      exit: exit.trim(),
      box_minutes: box,
      people: [...invited],
      skills: skills
        .split(",")
        .map((skill) => skill.trim())
        .filter(Boolean),
    });
    refreshCase(number);
  };
  return (
    <FormDialog
      title={`Call people together on ${number}`}
      open
      onClose={onClose}
      submitLabel="Call together"
      ready={question.trim() !== "" && exit.trim() !== "" && validBox}
      onSubmit={submit}
    >
      <Field
        label="Question"
        hint="What is to be answered. Cite evidence as [E7]."
        rows={2}
        autoFocus
        value={question}
        onChange={setQuestion}
      />
      <Field label="Ends when" hint="What has to be known or done." value={exit} onChange={setExit} />
      <Field
        label="Time box in minutes"
        hint="At its end it is asked for its decision; after a second one the lead is told."
        value={minutes}
        onChange={setMinutes}
      />
      <InvitedField chosen={invited} onChange={setInvited} />
      <Field
        label="Skills"
        hint="Whoever knows one of these is called too: postgresql, kubernetes"
        value={skills}
        onChange={setSkills}
      />
    </FormDialog>
  );
}

interface InvitedProps {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

function InvitedField({ chosen, onChange }: InvitedProps) {
  const people = useQuery(peopleQuery).data ?? [];
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className="field choice-field swarm-people">
      <legend>People</legend>
      {people.map(({ id, name, role }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
          {name} <small className="muted">{role}</small>
        </label>
      ))}
    </fieldset>
  );
}
