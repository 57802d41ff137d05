import { useEffect, useRef, useState } from "react";

interface Props {
  text: string;
  className?: string;
}

/** Two lines of a long text, and the rest when somebody asks for it. */
export function Clamp({ text, className = "" }: Props) {
  const place = useRef<HTMLParagraphElement>(null);
  const [open, setOpen] = useState(false);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || open) return;
    const observer = new ResizeObserver(() => setOver(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, [open]);
  return (
    <>
      <p ref={place} className={`${className} ${open ? "" : "clamp"}`}>
        {text}
      </p>
      {(over || open) && (
        <button type="button" className="link clamp-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Less" : "More"}
        </button>
      )}
    </>
  );
}
