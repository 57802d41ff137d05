// The palette: commands of this screen first, then cases and people found by the server's own search.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  Dialog as AriaDialog,
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { create } from "zustand";
import { api } from "../api/client.ts";
import type { CaseSummary } from "../api/types.ts";
import { ScrollStop } from "../ui/ScrollStop.tsx";
import { SeverityMark } from "../ui/SeverityMark.tsx";
import { COMMANDS, type Command, type Scope } from "./catalog.ts";
import { caps } from "./pattern.ts";
import { offered, runCommand, useOverlay } from "./registry.ts";

export const usePalette = create<{ open: boolean }>(() => ({ open: false }));

const close = () => usePalette.setState({ open: false });
const ORDER: Scope[] = ["lines", "case", "queue", "global"];
const CASES_SHOWN = 6;

export function Palette() {
  const open = usePalette((state) => state.open);
  useOverlay(open);
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(next) => !next && close()} isDismissable>
      <Modal className="modal palette">
        <AriaDialog className="dialog" aria-label="Command palette">
          <PaletteBody />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Every typed word must occur in the name or the extra words. */
export function matches(text: string, haystack: string): boolean {
  const lower = haystack.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

/** What is called so comes before what is only found by its extra words; then this page's own first. */
function place(command: Command, text: string): number {
  return (matches(text, command.name) ? 0 : ORDER.length) + ORDER.indexOf(command.scope);
}

function paletteCommands(text: string): Command[] {
  return offered()
    .filter(
      (command) => !command.moves && matches(text, `${command.name} ${command.group} ${command.words ?? ""}`),
    )
    .sort((a, b) => place(a, text) - place(b, text));
}

function useCases(text: string): CaseSummary[] {
  const wanted = text.trim();
  const found = useQuery({
    queryKey: ["palette", wanted],
    queryFn: ({ signal }) =>
      api.cases({ view: "all", severity: [], text: wanted, sort: "updated" }, null, CASES_SHOWN, signal),
  });
  return found.data?.items ?? [];
}

function PaletteBody() {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const commands = paletteCommands(text);
  const cases = useCases(text);
  const act = (id: string) => {
    close();
    // After the overlay is gone, so that focus and commands belong to the screen again.
    setTimeout(() => {
      if (COMMANDS.has(id)) runCommand(id);
      else void navigate({ to: "/cases/$number", params: { number: id } });
    });
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField className="palette-search" aria-label="Search commands and cases" autoFocus>
        <Input placeholder="Type a command, a case number or words of a subject" />
      </SearchField>
      <ScrollStop>
        <Menu
          className="menu palette-list"
          aria-label="Commands and cases"
          onAction={(id) => act(String(id))}
          renderEmptyState={() => <p className="palette-empty">Nothing is called that.</p>}
        >
          {commands.length > 0 && (
            <MenuSection>
              <Header>Commands</Header>
              {commands.map((command) => (
                <MenuItem key={command.id} id={command.id} className="menu-item" textValue={command.name}>
                  <span>{command.name}</span>
                  {command.keys[0] && (
                    <span className="keys">
                      {caps(command.keys[0]).map((cap) => (
                        <kbd key={cap}>{cap}</kbd>
                      ))}
                    </span>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {cases.length > 0 && (
            <MenuSection>
              <Header>Cases</Header>
              {cases.map((item) => (
                <MenuItem
                  key={item.number}
                  id={item.number}
                  className="menu-item"
                  textValue={`${item.number} ${item.subject}`}
                >
                  <span className="palette-case">
                    <SeverityMark severity={item.severity} />
                    <span className="tabular">{item.number}</span>
                    <span className="cut">{item.subject}</span>
                  </span>
                </MenuItem>
              ))}
            </MenuSection>
          )}
        </Menu>
      </ScrollStop>
      <footer className="palette-hints" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> move · <kbd>Enter</kbd> run · <kbd>Esc</kbd> close
      </footer>
    </Autocomplete>
  );
}
