import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField } from "react-aria-components";
import { api } from "../api/client.ts";
import { atWorkQuery } from "../api/queries.ts";
import type { PersonAtWork } from "../api/types.ts";
import { write } from "../api/write.ts";
import { byReadiness, presence, presenceText } from "../people/work.ts";
import { useSession } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useZone } from "../shell/zone.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { ScrollStop } from "../ui/ScrollStop.tsx";

interface Props {
  cases: readonly string[];
  /** The product of the case: whoever knows it comes first. */
  area?: string;
  open: boolean;
  onClose: () => void;
}

const NOBODY = "nobody";

export function AssignDialog({ cases, area, open, onClose }: Props) {
  const what = cases.length === 1 ? cases[0] : `${cases.length} cases`;
  return (
    <Dialog title={`Assign ${what}`} open={open} onClose={onClose}>
      <PeopleMenu cases={cases} area={area} onClose={onClose} />
    </Dialog>
  );
}

function PeopleMenu({ cases, area = "", onClose }: Omit<Props, "open">) {
  const { user } = useSession();
  const { zone } = useZone();
  const people = useQuery(atWorkQuery(area)).data ?? [];
  const [text, setText] = useState("");
  const [away, setAway] = useState<PersonAtWork | null>(null);
  const rest = people.filter(({ person, removed }) => person.id !== user.id && !removed).sort(byReadiness);
  const choices = [
    { id: user.id, name: `${user.name} (me)`, person: null },
    { id: NOBODY, name: "Nobody", person: null },
    ...rest.map((person) => ({ id: person.person.id, name: person.person.name, person })),
  ].filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  const assign = async (id: string, name: string) => {
    onClose();
    for (const number of cases) {
      await write(`Could not assign ${number}`, number, () => api.assign(number, id === NOBODY ? null : id));
    }
    toast(cases.length === 1 ? `${cases[0]}: ${name}` : `${cases.length} cases: ${name}`);
  };
  const choose = (id: string) => {
    const choice = choices.find((it) => it.id === id);
    if (!choice) return;
    if (choice.person?.absence) setAway(choice.person);
    else void assign(id, choice.name);
  };
  if (away) {
    const cover = people.find(({ person }) => person.id === away.absence?.cover)?.person;
    return (
      <div className="form">
        <p role="alert">
          <b>{away.person.name}</b> is {presenceText(away, zone)}.
          {cover ? ` ${cover.name} covers meanwhile.` : " Nobody covers meanwhile."}
        </p>
        <footer className="form-foot">
          <button type="button" className="button" data-kind="quiet" onClick={() => setAway(null)}>
            Choose somebody else
          </button>
          {cover && (
            <button type="button" className="button" onClick={() => void assign(cover.id, cover.name)}>
              Assign {cover.name}
            </button>
          )}
          <button
            type="button"
            className="button"
            data-kind="danger"
            onClick={() => void assign(away.person.id, away.person.name)}
          >
            Assign all the same
          </button>
        </footer>
      </div>
    );
  }
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField className="palette-search" aria-label="Find a person" autoFocus>
        <Input placeholder="Find a person" />
      </SearchField>
      <ScrollStop>
        <Menu className="menu palette-list" aria-label="People" onAction={(id) => choose(String(id))}>
          {choices.map(({ id, name, person }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={name}>
              <span>{name}</span>
              {person && (
                <small className="presence" data-presence={presence(person)}>
                  {presenceText(person, zone)}
                  {person.fit > 0 && ` · knows ${area} (${person.fit} of 3)`}
                  {` · load ${person.weight}`}
                </small>
              )}
            </MenuItem>
          ))}
        </Menu>
      </ScrollStop>
    </Autocomplete>
  );
}
