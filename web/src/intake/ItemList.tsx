// The items of a checklist with what was found of each, and how to fill a gap.
import Check from "lucide-react/icons/check";
import Minus from "lucide-react/icons/minus";
import X from "lucide-react/icons/x";
import type { IntakeItem } from "../api/types.ts";
import { copyText } from "../ui/copy.ts";
import { itemName } from "./reasons.ts";

const VERDICTS = {
  yes: { word: "there", icon: <Check size={14} aria-hidden /> },
  no: { word: "missing", icon: <X size={14} aria-hidden /> },
  not_applicable: { word: "does not apply", icon: <Minus size={14} aria-hidden /> },
};

export function ItemList({ items }: { items: readonly IntakeItem[] }) {
  return (
    <ul className="intake-items">
      {items.map((item) => {
        const { word, icon } = VERDICTS[item.verdict];
        return (
          <li key={item.item} data-verdict={item.verdict}>
            {icon}
            <span>
              <span className="visually-hidden">{word}: </span>
              {itemName(item)} <small className="muted tabular">{item.weight}</small>
              {item.verdict !== "yes" && <small className="intake-why">{item.why}</small>}
              {item.verdict === "no" && item.hint && <small className="intake-why">{item.hint}</small>}
              {item.verdict === "no" && item.command && (
                <button
                  type="button"
                  className="link intake-command"
                  title="Copy the command"
                  onClick={() => copyText(item.command, "Command copied")}
                >
                  <code>{item.command}</code>
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
