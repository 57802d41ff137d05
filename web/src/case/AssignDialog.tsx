import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField } from "react-aria-components";
import { api } from "../api/client.ts";
import { peopleQuery } from "../api/queries.ts";
import { write } from "../api/write.ts";
import { useSession } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ScrollStop } from "../ui/ScrollStop.tsx";

interface Props {
  cases: readonly string[];
  open: boolean;
  onClose: () => void;
}

const NOBODY = "nobody";

export function AssignDialog({ cases, open, onClose }: Props) {
  const what = cases.length === 1 ? cases[0] : `${cases.length} cases`;
  return (
    <Dialog title={`Assign ${what}`} open={open} onClose={onClose}>
      <PeopleMenu cases={cases} onClose={onClose} />
    </Dialog>
  );
}

function PeopleMenu({ cases, onClose }: Omit<Props, "open">) {
  const { user } = useSession();
  const people = useQuery(peopleQuery).data ?? [];
  const [text, setText] = useState("");
  const choices = [
    { id: user.id, name: `${user.name} (me)` },
    { id: NOBODY, name: "Nobody" },
    ...people.filter(({ id }) => id !== user.id),
  ].filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  const assign = async (id: string) => {
    onClose();
    for (const number of cases) {
      await write(`Could not assign ${number}`, number, () => api.assign(number, id === NOBODY ? null : id));
    }
    const name = choices.find((choice) => choice.id === id)?.name;
    toast(cases.length === 1 ? `${cases[0]}: ${name}` : `${cases.length} cases: ${name}`);
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField className="palette-search" aria-label="Find a person" autoFocus>
        <Input placeholder="Find a person" />
      </SearchField>
      <ScrollStop>
        <Menu className="menu palette-list" aria-label="People" onAction={(id) => void assign(String(id))}>
          {choices.map(({ id, name }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={name}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </ScrollStop>
    </Autocomplete>
  );
}
