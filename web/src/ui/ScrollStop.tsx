import { type ReactNode, useEffect, useRef } from "react";

/**
 * A menu that scrolls while the focus stays in the text box above it needs a stop of its own, and
 * react-aria sets none. Not by a ref of the menu: giving it one breaks its tie to the text box.
 */
export function ScrollStop({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector("[role=menu]")?.setAttribute("tabindex", "0");
  });
  return (
    <div ref={place} className="scroll-stop">
      {children}
    </div>
  );
}
