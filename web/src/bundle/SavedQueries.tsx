import Bookmark from "lucide-react/icons/bookmark";
import X from "lucide-react/icons/x";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useCase } from "../case/useCase.ts";
import { forgetQuery, useSavedQueries } from "./savedQueries.ts";

export function SavedQueries() {
  const { set } = useCase();
  const queries = useSavedQueries((saved) => saved.queries);
  return (
    <DialogTrigger>
      <Button className="button" aria-label={`Saved queries, ${queries.length}`}>
        <Bookmark size={14} aria-hidden /> <span className="count">{queries.length}</span>
      </Button>
      <Popover className="popover saved-queries" placement="bottom start">
        <Dialog aria-label="Saved queries">
          {({ close }) =>
            queries.length === 0 ? (
              <p className="muted side-none">None yet. Save is beside the conditions of a query.</p>
            ) : (
              <ul>
                {queries.map((query) => (
                  <li key={query} className="saved-query">
                    <button
                      type="button"
                      className="row-link mono cut"
                      onClick={() => {
                        set({ filter: { query } });
                        close();
                      }}
                    >
                      {query}
                    </button>
                    <button
                      type="button"
                      className="icon-button"
                      aria-label={`Forget: ${query}`}
                      onClick={() => forgetQuery(query)}
                    >
                      <X size={14} aria-hidden />
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
