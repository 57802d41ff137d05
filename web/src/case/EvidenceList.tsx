import { useQuery } from "@tanstack/react-query";
import PinOff from "lucide-react/icons/pin-off";
import Quote from "lucide-react/icons/text-quote";
import { api } from "../api/client.ts";
import { evidenceQuery } from "../api/queries.ts";
import type { Evidence } from "../api/types.ts";
import { write } from "../api/write.ts";
import { useMay } from "../shell/session.tsx";
import { toast } from "../shell/toasts.tsx";
import { useView } from "../shell/useView.ts";
import { useZone } from "../shell/zone.ts";
import { formatClock, parseMicros } from "../time/time.ts";
import { LevelWord } from "../ui/LevelWord.tsx";
import { shortNames } from "../ui/shortNames.ts";
import { ErrorState } from "../ui/states.tsx";
import { cite } from "./draft.ts";
import { EvidenceMessage } from "./EvidenceMessage.tsx";
import { useGoToLine } from "./goTo.ts";
import { useCase } from "./useCase.ts";

const NAME_CHARS = 20;

export function EvidenceList() {
  const { detail } = useCase();
  const found = useQuery(evidenceQuery(detail.number));
  const pinned = found.data?.filter((item) => item.pinned) ?? [];
  const names = shortNames(
    pinned.map(({ source }) => source),
    NAME_CHARS,
  );
  return (
    <section className="side-section" aria-labelledby="evidence-title">
      <header>
        <h2 className="column-title" id="evidence-title">
          Evidence <span className="count">{pinned.length || ""}</span>
        </h2>
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      <ul className="evidence-list">
        {pinned.map((item) => (
          <EvidenceItem key={item.number} item={item} name={names.get(item.source) ?? item.source} />
        ))}
      </ul>
      {found.data && pinned.length === 0 && (
        <p className="muted side-none">
          Nothing pinned. Go to a line and press <kbd>p</kbd>.
        </p>
      )}
    </section>
  );
}

function EvidenceItem({ item, name }: { item: Evidence; name: string }) {
  const { detail } = useCase();
  const [, setView] = useView();
  const { zone } = useZone();
  const go = useGoToLine();
  const mayPin = useMay("pin_evidence");
  const unpin = async () => {
    const done = await write("Could not unpin", detail.number, async () => {
      await api.unpin(detail.number, item.number);
      return true;
    });
    if (!done) return;
    const again = () =>
      void write("Could not pin again", detail.number, () =>
        api.pin(detail.number, item.bundle_id, item.file, item.line),
      );
    toast(`${item.number} unpinned; the number stays readable`, { action: { label: "Undo", run: again } });
  };
  return (
    <li className="evidence-item">
      <div className="evidence-head">
        <button
          type="button"
          className="evidence-number"
          onClick={() => setView({ cite: item.citation })}
          title="Show the citation"
        >
          {item.number}
        </button>
        <span className="tabular">{item.at ? formatClock(parseMicros(item.at), zone, "ms") : "no time"}</span>
        {item.level && <LevelWord level={item.level} />}
        <span className="muted cut" title={item.source}>
          {name}
        </span>
        <span className="evidence-actions">
          <button
            type="button"
            className="icon-button"
            aria-label={`Cite ${item.number} in the note`}
            title="Cite in the note"
            onClick={() => cite(detail.number, item.citation)}
          >
            <Quote size={14} aria-hidden />
          </button>
          {mayPin && (
            <button
              type="button"
              className="icon-button"
              aria-label={`Unpin ${item.number}`}
              title="Unpin"
              onClick={() => void unpin()}
            >
              <PinOff size={14} aria-hidden />
            </button>
          )}
        </span>
      </div>
      <button
        type="button"
        className="evidence-text mono"
        onClick={() => go(item.bundle_id, item.file, item.line)}
        title="Go to the line"
      >
        <EvidenceMessage item={item} />
      </button>
    </li>
  );
}
