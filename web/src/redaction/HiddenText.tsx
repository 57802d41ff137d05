import { pieces, whatIs } from "./pseudonym.ts";

/** A redacted text in which every placeholder says what it stands for. */
export function HiddenText({ text }: { text: string }) {
  return pieces(text).map((piece, index) =>
    typeof piece === "string" ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
      <span key={index} className="placeholder" data-kind={piece.kind} title={whatIs(piece.kind)}>
        {piece.text}
      </span>
    ),
  );
}
