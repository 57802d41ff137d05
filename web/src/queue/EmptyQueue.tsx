import Upload from "lucide-react/icons/upload";
import { useMay } from "../shell/session.tsx";
import { CommandButton } from "../ui/CommandButton.tsx";
import { copyText } from "../ui/copy.ts";

const COMMAND = "mainstay inspect bundle.tar.gz";

/** No case at all: three ways in. */
export function EmptyQueue() {
  const mayOpen = useMay("open_case");
  const mayLoadSample = useMay("manage_accounts");
  return (
    <div className="state empty-queue">
      <Upload size={28} aria-hidden />
      <h2 className="state-title">Start with a support bundle</h2>
      <p className="muted">
        Drop an archive, a folder's zip or a single log anywhere on this page. It becomes a case with its time
        line, templates and findings.
      </p>
      <div className="button-row">
        <CommandButton
          command="queue.inspect"
          kind="primary"
          disabled={!mayOpen}
          why="Your role may not open cases"
        >
          Inspect a support bundle
        </CommandButton>
        {mayLoadSample && <CommandButton command="sample.load">Load the sample desk</CommandButton>}
      </div>
      <p className="muted">Or without a server, in a terminal:</p>
      <button type="button" className="command-line" onClick={() => copyText(COMMAND, "Copied")} title="Copy">
        <span aria-hidden="true">$ </span>
        {COMMAND}
      </button>
    </div>
  );
}
