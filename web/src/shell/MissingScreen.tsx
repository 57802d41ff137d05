import { Link } from "@tanstack/react-router";
import { EmptyState } from "../ui/states.tsx";

export function MissingScreen() {
  return (
    <main id="main" className="full-page">
      <EmptyState level="h1" title="There is nothing at this address">
        <p>The link may be cut, or it is from a newer version.</p>
        <Link className="button" to="/queue">
          Go to the queue
        </Link>
      </EmptyState>
    </main>
  );
}
