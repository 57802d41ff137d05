import { create } from "zustand";
import { useSettings } from "../shell/settings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { CATALOG, type Command } from "./catalog.ts";
import { caps } from "./pattern.ts";
import { handlerOf } from "./registry.ts";

export const useKeysHelp = create<{ open: boolean }>(() => ({ open: false }));

/** The keys that do something on this screen, from the catalog: what is not offered is not listed. */
export function KeysHelp() {
  const open = useKeysHelp((state) => state.open);
  const characterKeys = useSettings((settings) => settings.characterKeys);
  return (
    <Dialog
      title="Keys of this screen"
      open={open}
      onClose={() => useKeysHelp.setState({ open: false })}
      wide
    >
      {!characterKeys && (
        <p className="notice">Single-letter keys are off. Switch them on in the settings menu.</p>
      )}
      <div className="keys-help" role="region" aria-label="Keys" tabIndex={0}>
        {open && groups().map(([name, list]) => <Group key={name} name={name} list={list} />)}
      </div>
    </Dialog>
  );
}

function groups(): [string, Command[]][] {
  const found = new Map<string, Command[]>();
  for (const command of CATALOG) {
    if (command.keys.length === 0 || !handlerOf(command.id)) continue;
    found.set(command.group, [...(found.get(command.group) ?? []), command]);
  }
  return [...found];
}

function Group({ name, list }: { name: string; list: Command[] }) {
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {list.map((command) => (
          <div key={command.id}>
            <dt>{command.name}</dt>
            <dd>
              {command.keys.map((key) => (
                <span key={key} className="keys">
                  {caps(key).map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
