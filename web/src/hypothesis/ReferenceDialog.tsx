import { useState } from "react";
import { api } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { Bundle } from "../api/types.ts";
import { useCase } from "../case/useCase.ts";
import { ChoiceField } from "../ui/ChoiceField.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";

interface Props {
  bundle: Bundle;
  open: boolean;
  onClose: () => void;
}

/** Keyed by what it is about, so that it opens with what is chosen now. */
export function ReferenceDialog(props: Props) {
  return <ReferenceForm key={`${props.open} ${props.bundle.id} ${props.bundle.reference}`} {...props} />;
}

function ReferenceForm({ bundle, open, onClose }: Props) {
  const { detail } = useCase();
  const [chosen, setChosen] = useState(bundle.reference ?? "");
  const others = detail.bundle_list.filter(({ id, state }) => id !== bundle.id && state === "ready");
  const submit = async () => {
    await api.chooseReference(bundle.id, chosen || null);
    refreshCase(detail.number);
  };
  return (
    <FormDialog
      title="Compare with a good bundle"
      open={open}
      onClose={onClose}
      submitLabel="Compare"
      ready={chosen !== (bundle.reference ?? "")}
      onSubmit={submit}
    >
      <ChoiceField
        legend="The same system without fault"
        choices={[
          { value: "", name: "None", means: `${bundle.name} is looked at alone` },
          ...others.map((other) => ({ value: other.id, name: other.name, means: other.received_by.name })),
        ]}
        value={chosen}
        onChange={setChosen}
      />
      {others.length === 0 && (
        <p className="muted">
          No other bundle of this case can be read yet. Attach one of a time or a system without the fault.
        </p>
      )}
    </FormDialog>
  );
}
